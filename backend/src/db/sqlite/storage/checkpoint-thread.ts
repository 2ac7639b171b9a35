/** A thread that writes the log back into the database file whenever it is told to. */
import { Database } from 'bun:sqlite';
import { fdatasyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/** How many pages are in the log, and how many of them are in the file too. */
export type LogState = { readonly log: number; readonly checkpointed: number };

const { path, descriptor } = workerData as { path: string; descriptor: number };
const db = new Database(path, { readwrite: true });
db.run('PRAGMA synchronous = FULL');
db.run('PRAGMA wal_autocheckpoint = 0');

parentPort?.on('message', () => parentPort?.postMessage(checkpoint()));

/** What the log was when it was written back; nothing is lost where it was not, a later time will. */
function checkpoint(): LogState | undefined {
  try {
    // PASSIVE waits for nobody, and nobody waits for it.
    const state = db.query<LogState, []>('PRAGMA wal_checkpoint(PASSIVE)').get();
    // SQLite waits for the disk only once all of the log is in the file; writers pause then, and would wait for it all.
    fdatasyncSync(descriptor);
    return state ?? undefined;
  } catch {
    // A full disk, for example: it all is in the log, and writers will hear of it themselves.
    return undefined;
  }
}
