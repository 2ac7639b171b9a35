import mongoose from 'mongoose';
import { wakeLostWriters } from './wake-lost-writers.ts';

/** How long the server may be away before whoever waits for it is told so, in milliseconds. */
const SELECTION_TIME = 10_000;

/**
 * Connects to MongoDB: what it acknowledges a majority has on the disk, and it has transactions.
 *
 * @throws Error with one line that begins with `MONGODB_URI` and never shows it: there is a password in it.
 */
export async function connectServer(base: mongoose.Mongoose, uri: string): Promise<mongoose.Connection> {
  const connection = base.createConnection();
  try {
    await connection.openUri(uri, {
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      // What a failover interrupts is tried once more by the driver; transactions begin again.
      retryWrites: true,
      retryReads: true,
      // Mongoose's own waiting for a server that went away would come on top of the driver's.
      bufferCommands: false,
      serverSelectionTimeoutMS: SELECTION_TIME,
    });
    wakeLostWriters(connection.getClient());
    await requireTransactions(connection);
    return connection;
  } catch (error) {
    await connection.close();
    throw new Error(`MONGODB_URI: ${reasonOf(error)}`, { cause: error });
  }
}

async function requireTransactions(connection: mongoose.Connection): Promise<void> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (hello?.['setName'] !== undefined || hello?.['msg'] === 'isdbgrid') return;
  throw new Error(
    'it is a standalone server, which has no transactions: start mongod with --replSet rs0 and run rs.initiate() once',
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof mongoose.mongo.MongoServerError && error.code === 18) {
    return 'the server refuses this user or password';
  }
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof mongoose.Error.MongooseServerSelectionError) {
    return `no server answers that takes writes (${reason}, for ${SELECTION_TIME / 1000} seconds)`;
  }
  return reason;
}
