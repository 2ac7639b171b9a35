import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { nameServer } from '../db/testing/fixtures.ts';

/** Whether test servers keep their data on the server that `TEST_MONGODB_URI` names, instead of in a file. */
export const onServer = process.env['TEST_DATABASE'] === 'server';

const onSecantus = onServer && (await nameServer(process.env['TEST_MONGODB_URI'] ?? '')) === 'SecantusDB';

/**
 * Whether that server leaves the transaction of a client that died open for ever, and everybody waiting for it.
 * MongoDB ends it after a minute (`transactionLifetimeLimitSeconds`); SecantusDB does not.
 */
export const keepsDeadTransactions = onSecantus;

/** How much more patience tests need there than with a file. */
export const SLOWNESS = onServer ? 4 : 1;

/** Where one test server keeps its data. */
export interface TestDatabase {
  /** What says so to the server under test. */
  variables: Record<string, string>;
  /** Deletes all of it that is not in the server's folder. */
  drop(): Promise<void>;
  /** Nobody needs it any more. */
  end(): Promise<void>;
}

/** An empty database that no other test uses. */
export function newTestDatabase(): TestDatabase {
  if (!onServer) return { variables: {}, drop: async () => {}, end: async () => {} };
  const uri = process.env['TEST_MONGODB_URI'];
  if (!uri) throw new Error('TEST_DATABASE=server needs TEST_MONGODB_URI; bun run test:server sets both');
  const url = new URL(uri);
  url.pathname = `/wzatco_${randomUUID()}`;
  const database: TestDatabase = {
    variables: { MONGODB_URI: url.href },
    async drop() {
      const client = new mongo.MongoClient(url.href);
      await client.db().dropDatabase();
      await client.close();
    },
    async end() {
      // SecantusDB would wait for dead transactions of other databases, and all its data goes with it after the tests.
      if (!onSecantus) await database.drop();
    },
  };
  return database;
}
