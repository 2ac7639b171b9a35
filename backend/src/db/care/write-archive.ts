import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import tar from 'tar-stream';
import { ENTRY, isCompressed } from './archive.ts';
import type { Manifest } from './archive.ts';
import { hashing } from './hashing.ts';

/** A file that goes into an archive. */
export type Part = {
  /** Within the archive. */
  readonly name: string;
  readonly path: string;
  /** Whether it is no error that it has been deleted meanwhile. */
  readonly mayBeGone: boolean;
};

/** Writes an archive and makes sure that the disk has it. Its owner alone may read it. */
export async function writeArchive(file: string, manifest: Manifest, parts: Iterable<Part>): Promise<void> {
  const pack = tar.pack();
  const compress = isCompressed(file) ? createGzip() : new PassThrough();
  const written = pipeline(pack, compress, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  const filled = fill(pack, manifest, parts).catch((error: unknown) => {
    pack.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  });
  await Promise.all([filled, written]);
  const handle = await open(file, 'r');
  await handle.sync().finally(() => handle.close());
}

async function fill(pack: tar.Pack, manifest: Manifest, parts: Iterable<Part>): Promise<void> {
  const sums: string[] = [];
  const addText = async (name: string, text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    sums.push(`${await addEntry(pack, name, bytes.length, Readable.from([bytes]))}  ${name}\n`);
  };
  await addText(ENTRY.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const part of parts) {
    const sum = await addFile(pack, part);
    if (sum !== undefined) sums.push(`${sum}  ${part.name}\n`);
  }
  await addText(ENTRY.sums, sums.join(''));
  pack.finalize();
}

async function addFile(pack: tar.Pack, part: Part): Promise<string | undefined> {
  const handle = await open(part.path, 'r').catch((error: unknown) => {
    if (part.mayBeGone && error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    // A file of no bytes has no last one.
    const bytes =
      size === 0
        ? Readable.from([])
        : createReadStream('', { fd: handle.fd, autoClose: false, start: 0, end: size - 1 });
    return await addEntry(pack, part.name, size, bytes);
  } finally {
    await handle.close();
  }
}

/** Streams one entry; gives out its digest. */
async function addEntry(pack: tar.Pack, name: string, size: number, bytes: Readable): Promise<string> {
  const hash = createHash('sha256');
  const entry = pack.entry({ name, size, mode: 0o600 });
  await pipeline(bytes, (chunks: AsyncIterable<Buffer>) => hashing(chunks, hash), entry);
  return hash.digest('hex');
}
