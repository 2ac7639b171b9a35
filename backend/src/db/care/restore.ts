import {
  createWriteStream,
  existsSync,
  globSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lockFile, Snapshot } from '../sqlite/index.ts';
import { ENTRY } from './archive.ts';
import type { Manifest } from './archive.ts';
import type { DataFolder } from './data-folder.ts';
import { finishRestore, swap, UNDO_NAME } from './finish-restore.ts';
import { readArchive } from './read-archive.ts';
import { requireSound } from './require-sound.ts';
import { schemaVersionOf } from './schema-version.ts';
import { syncFolder } from './sync-folder.ts';

export type Restored = {
  readonly manifest: Manifest;
  /** The folder with what was there before; nothing where there was nothing. */
  readonly undo: string | undefined;
};

/**
 * Puts a backup into the place of the data. The archive is unpacked beside the data and verified wholly, before
 * anything is touched; then a single rename decides. Interrupted before it, everything is as it was; interrupted
 * after it, the next start of anything finishes it.
 *
 * @param newest the newest version of the data's shape that this program can use
 * @throws Error with one line: a server has the data, the archive is damaged or too new, the disk is full
 */
export async function restore(data: DataFolder, file: string, newest: number): Promise<Restored> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  mkdirSync(data.path, { recursive: true, mode: 0o700 });
  finishRestore(data);
  const unlock = lockFile(data.database);
  try {
    for (const left of globSync('restoring.*', { cwd: data.path })) {
      rmSync(join(data.path, left), { recursive: true });
    }
    const staging = `${data.restoring}.${process.pid}`;
    try {
      const manifest = await unpack(data, file, staging, newest);
      writeFileSync(join(staging, UNDO_NAME), undoName(data), { mode: 0o600, flush: true });
      syncFolder(staging);
      renameSync(staging, data.restoring);
      syncFolder(data.path);
      return { manifest, undo: swap(data) };
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  } finally {
    unlock();
  }
}

async function unpack(data: DataFolder, file: string, staging: string, newest: number): Promise<Manifest> {
  mkdirSync(staging, { mode: 0o700 });
  const database = join(staging, basename(data.database));
  const uploads = join(staging, basename(data.uploads));
  const manifest = await readArchive(file, async (name, bytes) => {
    const target = name === ENTRY.database ? database : join(uploads, name.slice(ENTRY.uploads.length));
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    await pipeline(bytes, createWriteStream(target, { flags: 'wx', mode: 0o600 }));
    const handle = await open(target, 'r');
    await handle.sync().finally(() => handle.close());
  }).catch((error: unknown) => {
    throw new Error(`${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  // No uploads in the archive means none afterwards, unless they were left out of it.
  if (manifest.hasUploads) mkdirSync(uploads, { recursive: true, mode: 0o700 });
  verify(database, file, manifest, newest);
  return manifest;
}

function verify(database: string, file: string, manifest: Manifest, newest: number): void {
  requireSound(database, `${file} cannot be used: the database in it is damaged.`);
  using snapshot = new Snapshot(database);
  const counts = Object.fromEntries(snapshot.collections().map(({ name, count }) => [name, count]));
  if (JSON.stringify(counts) !== JSON.stringify(manifest.counts)) {
    throw new Error(`${file} cannot be used: it does not hold the documents that its manifest counts`);
  }
  const version = schemaVersionOf(snapshot) ?? newest;
  if (version <= newest) return;
  throw new Error(
    `${file} holds data of version ${version}, this program knows up to ${newest}: use a newer WZATCO`,
  );
}

/** Such as `before-restore-20261123-163434`; never one that is there. */
function undoName(data: DataFolder): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const names = Array.from({ length: 1000 }, (_, at) => `before-restore-${stamp}${at === 0 ? '' : `-${at}`}`);
  const free = names.find((name) => !existsSync(join(data.path, name)));
  if (free === undefined) throw new Error(`${data.path} holds too many folders of earlier restores`);
  return free;
}
