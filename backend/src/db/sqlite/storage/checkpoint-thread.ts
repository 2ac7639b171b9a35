/** A thread that writes the log back into the database file whenever it is told to. It is given the file's path. */
import { Database } from 'bun:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const db = new Database(String(workerData), { readwrite: true });
db.run('PRAGMA synchronous = FULL');
db.run('PRAGMA wal_autocheckpoint = 0');

parentPort?.on('message', () => parentPort?.postMessage(checkpoint()));

/** Whether the log was written back; nothing is lost where it was not, a later one will. */
function checkpoint(): boolean {
  try {
    // PASSIVE waits for nobody, and nobody waits for it.
    db.run('PRAGMA wal_checkpoint(PASSIVE)');
    return true;
  } catch {
    // A full disk, for example: it all is in the log, and writers will hear of it themselves.
    return false;
  }
}
