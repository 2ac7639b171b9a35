import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup } from '../care/backup.ts';
import type { DataFolder } from '../care/data-folder.ts';

/** So many of these backups are kept. */
const KEPT = 3;

/**
 * Backs up the database in `DATA_DIR/backups` before its shape is changed. The uploads are not in it: no step touches
 * them, and a restore leaves those alone that it finds.
 *
 * @param version of the data as it is
 * @returns the file
 * @throws Error where it cannot be written: then nothing may be changed
 */
export async function backUpBefore(data: DataFolder, version: number): Promise<string> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const file = join(data.backups, `${stamp}-version-${version}.tar`);
  try {
    mkdirSync(data.backups, { recursive: true, mode: 0o700 });
    await backup(data, file, { withUploads: false, force: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The data must be migrated, and could not be backed up before: ${reason}`, {
      cause: error,
    });
  }
  // By name is by age.
  const all = globSync('*-version-*.tar', { cwd: data.backups }).toSorted();
  for (const old of all.slice(0, -KEPT)) rmSync(join(data.backups, old));
  return file;
}
