import { existsSync, globSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { copyFile, Snapshot } from '../sqlite/index.ts';
import { ENTRY, FORMAT, FORMAT_VERSION } from './archive.ts';
import type { Manifest } from './archive.ts';
import type { DataFolder } from './data-folder.ts';
import { finishRestore } from './finish-restore.ts';
import { readArchive } from './read-archive.ts';
import { requireSound } from './require-sound.ts';
import { schemaVersionOf } from './schema-version.ts';
import { syncFolder } from './sync-folder.ts';
import { writeArchive } from './write-archive.ts';
import type { Part } from './write-archive.ts';

export type BackupOptions = {
  /** Whether a file that is there already may be replaced. */
  readonly force?: boolean;
  /** Without them a restore leaves those alone that it finds. */
  readonly withUploads?: boolean;
};

/**
 * Writes one state of the data into one archive, while a server runs or not, and reads it again to its end. `file`
 * is there when it is whole, or not at all. The signing secret that development keeps in the folder is left out:
 * whoever finds a backup must not be able to sign in as anybody.
 *
 * @returns what the archive holds
 * @throws Error with one line: there is no database, it is damaged, the file exists, the disk is full
 * @example await backup(dataFolder('./data'), '/mnt/backups/monday.tar.gz');
 */
export async function backup(data: DataFolder, file: string, options: BackupOptions = {}): Promise<Manifest> {
  finishRestore(data);
  const { force = false, withUploads = true } = options;
  const refuseExisting = (): void => {
    if (!force && existsSync(file))
      throw new Error(`${file} exists already: choose another name, or --force`);
  };
  refuseExisting();
  removeLeftBehind(file);
  // Beside the file, so that it is on the same disk and takes its place by a rename.
  const work = `${file}.${process.pid}.partial`;
  mkdirSync(work, { recursive: true, mode: 0o700 });
  try {
    const copy = join(work, ENTRY.database);
    copyFile(data.database, copy);
    const manifest = describe(copy, withUploads);
    // The attachments after the state of the database: it names none that the archive lacks.
    const parts: Part[] = [{ name: ENTRY.database, path: copy, mayBeGone: false }];
    if (withUploads) parts.push(...uploadsOf(data));
    const archive = join(work, file.endsWith('gz') ? 'archive.gz' : 'archive');
    await writeArchive(archive, manifest, parts);
    await readArchive(archive);
    refuseExisting();
    renameSync(archive, file);
    syncFolder(dirname(file));
    return manifest;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What earlier backups of this name were working in that were killed: it is as large as the data. */
function removeLeftBehind(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(file)}.`)) continue;
    const owner = /^\d+(?=\.partial$)/.exec(name.slice(basename(file).length + 1))?.[0];
    if (owner !== undefined && !isRunning(Number(owner)))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // It is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function describe(copy: string, hasUploads: boolean): Manifest {
  requireSound(copy, 'The data is damaged, and a backup of it would be too: see `bun run db check`.');
  using snapshot = new Snapshot(copy);
  return {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    createdAt: new Date().toISOString(),
    schemaVersion: schemaVersionOf(snapshot),
    counts: Object.fromEntries(snapshot.collections().map(({ name, count }) => [name, count])),
    hasUploads,
  };
}

function uploadsOf({ uploads }: DataFolder): Part[] {
  if (!existsSync(uploads)) return [];
  return globSync('**/*', { cwd: uploads })
    .map((name) => join(uploads, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map((path) => ({
      name: ENTRY.uploads + relative(uploads, path).split(sep).join('/'),
      path,
      mayBeGone: true,
    }));
}
