import native from 'mongoose/lib/drivers/node-mongodb-native/index.js';
import { Connection } from './connection.ts';

export { Client } from './client.ts';
export { Connection } from './connection.ts';
export type { EmbeddedOptions } from './connection.ts';
export { Db } from './db.ts';
export type { QueueLimits } from './write-queue.ts';

/**
 * A Mongoose driver that keeps everything in one SQLite file.
 *
 * @example
 * const base = new mongoose.Mongoose();
 * base.setDriver(driver);
 * const connection = await base.createConnection('/var/lib/app/app.sqlite').asPromise();
 */
export const driver = {
  Connection,
  Collection: native.Collection,
  BulkWriteResult: native.BulkWriteResult,
  ClientEncryption: native.ClientEncryption,
  plugins: [],
};
