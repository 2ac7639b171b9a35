import type { Database } from 'bun:sqlite';
import type { Connection } from 'mongoose';
import { Client } from '../sqlite/index.ts';

/** The two SQLite connections under an embedded connection, for checks of the file itself. */
export function sqliteOf(connection: Connection): { readonly writer: Database; readonly reader: Database } {
  const client: unknown = connection.getClient();
  if (!(client instanceof Client)) throw new Error('not an embedded database');
  return client.engine.connections;
}
