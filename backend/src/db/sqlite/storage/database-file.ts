import type { Database } from 'bun:sqlite';
import { closeSync, openSync } from 'node:fs';
import { openCachingDatabase } from './caching-database.ts';
import { prepareCatalog } from './catalog.ts';
import { lockFile } from './file-lock.ts';
import { refreshCollations } from './refresh-collations.ts';

export type DatabaseFile = {
  readonly path: string;
  /** The open file itself, to wait until the disk has it. */
  readonly descriptor: number;
  /** The one connection that writes. */
  readonly writer: Database;
  /** Sees committed data only. */
  readonly reader: Database;
  readonly close: () => void;
};

const BUSY_TIMEOUT = 5_000;
/**
 * So much of the file is seen in place, where each page would else be copied (SQLite allows no more): in a large one the
 * searches of reads and writes. The system takes that memory back when it needs it, though it counts as the process's.
 */
const MAPPED_BYTES = 2 ** 31 - 65_536;
/** Pages that a connection keeps, in kilobytes: those that searches of a large collection pass through, and what a group writes. */
const PAGE_CACHE = 16_384;

/**
 * Opens a database file for this process alone, and makes it if there is none.
 *
 * @throws Error where another process has it open, or a newer program wrote it
 */
export function openDatabaseFile(path: string): DatabaseFile {
  const unlock = lockFile(path);
  const opened: Database[] = [];
  try {
    const writer = open(path);
    opened.push(writer);
    writer.run('PRAGMA journal_mode = WAL');
    // A commit that was acknowledged must survive a power cut.
    writer.run('PRAGMA synchronous = FULL');
    // What a savepoint keeps to take itself back is small, and would go to a file page by page.
    writer.run('PRAGMA temp_store = MEMORY');
    // A thread does that, see `Checkpoints`.
    writer.run('PRAGMA wal_autocheckpoint = 0');
    prepareCatalog(writer);
    refreshCollations(writer);
    const reader = open(path);
    opened.push(reader);
    reader.run('PRAGMA query_only = ON');
    const descriptor = openSync(path, 'r+');
    const close = (): void => {
      closeAll(opened, unlock, () => closeSync(descriptor));
    };
    return { path, descriptor, writer, reader, close };
  } catch (error) {
    closeAll(opened, unlock);
    throw error;
  }
}

function open(path: string): Database {
  const db = openCachingDatabase(path, { create: true, readwrite: true });
  db.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  db.run('PRAGMA foreign_keys = ON');
  db.run(`PRAGMA cache_size = -${PAGE_CACHE}`);
  db.run(`PRAGMA mmap_size = ${MAPPED_BYTES}`);
  return db;
}

function closeAll(opened: Database[], unlock: () => void, closeDescriptor?: () => void): void {
  // The reader first: the last one to close writes the log back into the file.
  for (const db of opened.reverse()) db.close();
  // After them: it takes SQLite's own locks of this process with it (https://sqlite.org/howtocorrupt.html, section 2.2).
  closeDescriptor?.();
  unlock();
}
