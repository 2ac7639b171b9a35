import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import { ENTRY, parseManifest } from './archive.ts';
import type { Manifest } from './archive.ts';
import { hashing } from './hashing.ts';

/** Takes the bytes of one entry, whose name was checked. */
export type TakeEntry = (name: string, bytes: AsyncIterable<Buffer>) => Promise<void>;

/** The texts that are kept in memory are short; a longer one is not ours. */
const LONGEST_TEXT = 256 * 1024 * 1024;

/**
 * Reads an archive to its end and compares every part with its digest.
 *
 * @param take is given each part but the manifest and the sums; without it they are only verified
 * @throws Error with one line: what is wrong with the archive
 */
export async function readArchive(file: string, take: TakeEntry = drain): Promise<Manifest> {
  const extract = tar.extract();
  const digests = new Map<string, string>();
  const texts = new Map<string, string>();
  const reading = pipeline(
    createReadStream(file),
    (await isGzip(file)) ? createGunzip() : new PassThrough(),
    extract,
  );
  const walking = (async () => {
    for await (const entry of extract) {
      const { name, type } = entry.header;
      requireKnown(name, type, digests);
      const hash = createHash('sha256');
      const isText = name === ENTRY.manifest || name === ENTRY.sums;
      const collect: TakeEntry = async (_, bytes) => void texts.set(name, await textOf(bytes));
      await (isText ? collect : take)(name, hashing(entry as AsyncIterable<Buffer>, hash));
      digests.set(name, hash.digest('hex'));
      if (name === ENTRY.manifest) parseManifest(texts.get(name) ?? '');
    }
  })();
  const [walked, read] = await Promise.allSettled([walking, reading]);
  if (walked.status === 'rejected') throw walked.reason;
  if (read.status === 'rejected') throw read.reason;
  compareSums(texts.get(ENTRY.sums), digests);
  return parseManifest(texts.get(ENTRY.manifest) ?? '');
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
  return buffer[0] === 0x1f && buffer[1] === 0x8b;
}

/** Nothing of an archive may land outside of where it belongs. */
function requireKnown(
  name: string,
  type: string | null | undefined,
  seen: ReadonlyMap<string, string>,
): void {
  const isUpload = name.startsWith(ENTRY.uploads) && !/(^|\/)\.{0,2}(\/|$)|[\0\\]/.test(name);
  const isOurs = isUpload || name === ENTRY.manifest || name === ENTRY.database || name === ENTRY.sums;
  if (type !== 'file' || !isOurs) throw new Error(`it holds '${name}', which is no part of a backup`);
  if (seen.has(name)) throw new Error(`it holds '${name}' twice`);
  if (seen.size === 0 && name !== ENTRY.manifest) throw new Error('it is no backup of WZATCO');
}

function compareSums(sums: string | undefined, digests: ReadonlyMap<string, string>): void {
  if (sums === undefined) throw new Error('it is cut short');
  const listed = new Map(
    sums
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  for (const [name, digest] of digests) {
    if (name !== ENTRY.sums && listed.get(name) !== digest) throw new Error(`'${name}' is damaged`);
  }
  for (const name of listed.keys()) if (!digests.has(name)) throw new Error(`'${name}' is missing`);
  if (!digests.has(ENTRY.database)) throw new Error('it holds no database');
}

async function textOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LONGEST_TEXT) throw new Error('its list of files is too long');
  }
  return Buffer.concat(chunks).toString();
}

async function drain(_: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of bytes) void chunk;
}
