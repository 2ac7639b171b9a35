import { Database } from 'bun:sqlite';

/**
 * Keeps other processes, and other connections of this one, off a database file. The lock is SQLite's
 * own write lock on a small file beside it: the operating system drops it when the process ends,
 * however it ends, so that a killed server never blocks the next start.
 *
 * @returns what lets go of it
 * @throws Error that names the process which has it
 */
export function lockFile(path: string): () => void {
  const lock = new Database(`${path}.lock`, { create: true, readwrite: true });
  try {
    lock.run('PRAGMA busy_timeout = 0');
    lock.run('BEGIN IMMEDIATE');
    lock.run('CREATE TABLE IF NOT EXISTS owner (pid INTEGER NOT NULL)');
    lock.run('DELETE FROM owner');
    lock.run('INSERT INTO owner (pid) VALUES (?)', [process.pid]);
    lock.run('COMMIT');
    // Committed, so that others can read who it is; then held.
    lock.run('BEGIN IMMEDIATE');
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
    const owner = isTaken ? ownerOf(lock) : undefined;
    lock.close();
    if (!isTaken) throw error;
    throw new Error(`The database ${path} is in use by process ${owner ?? 'unknown'}; stop that one first.`, {
      cause: error,
    });
  }
  return () => lock.close();
}

function ownerOf(lock: Database): number | undefined {
  try {
    return lock.query<{ pid: number }, []>('SELECT pid FROM owner').get()?.pid;
  } catch {
    // The other process has not written its id yet.
    return undefined;
  }
}
