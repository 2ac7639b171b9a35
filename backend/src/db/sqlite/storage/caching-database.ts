import { Database } from 'bun:sqlite';
import type { Statement } from 'bun:sqlite';

/** More than all statements that a large program has; each takes a few kilobytes. */
const MAX_STATEMENTS = 1000;

/**
 * Opens a connection whose `query` keeps its prepared statements. Bun's own keeps the first twenty, and
 * prepares every other one again at each call.
 */
export function openCachingDatabase(
  path: string,
  options: { create: boolean; readwrite: boolean },
): Database {
  const db = new Database(path, options);
  const statements = new Map<string, Statement>();
  const query = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const [oldest] = statements.keys();
    // Not finalised: somebody may be reading its rows.
    if (oldest !== undefined && statements.size >= MAX_STATEMENTS) statements.delete(oldest);
    const made = db.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  const close = db.close.bind(db);
  db.query = query as Database['query'];
  db.close = (throwOnError) => {
    // SQLite lets go of the file after its last statement.
    for (const statement of statements.values()) statement.finalize();
    statements.clear();
    close(throwOnError);
  };
  return db;
}
