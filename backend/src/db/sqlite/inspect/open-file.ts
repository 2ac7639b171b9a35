import { Database } from 'bun:sqlite';
import { existsSync } from 'node:fs';
import { requireKnownFormat } from '../storage/catalog.ts';

/**
 * Opens a database file to look at it, whether or not a program has it open: no lock is taken, nothing is written,
 * and no writer ever waits for it.
 *
 * @throws Error where there is no such file, it is no database of this driver, or a newer program wrote it
 */
export function openFileToRead(path: string): Database {
  if (!existsSync(path)) throw new Error(`There is no database at ${path}.`);
  const db = new Database(path, { readonly: true });
  try {
    requireKnownFormat(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Writes what is committed at this moment into a new file, without the room that deleted documents left. Writers go on
 * meanwhile; the log of a running program grows until this is done.
 *
 * @param to does not exist, or is empty
 */
export function copyFile(from: string, to: string): void {
  const db = openFileToRead(from);
  try {
    db.run('VACUUM INTO ?', [to]);
  } finally {
    db.close();
  }
}
