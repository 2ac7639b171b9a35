import native from 'mongoose/lib/drivers/node-mongodb-native/index.js';
import { Connection } from './driver/connection.ts';

export { Client } from './driver/client.ts';
export { Db } from './driver/db.ts';
export { onSearch } from './search/report-search.ts';
export type { SearchReport } from './search/report-search.ts';
export type { EngineLimits } from './storage/engine.ts';
export { checkFile } from './inspect/check-file.ts';
export type { Finding, OnProgress } from './inspect/check-file.ts';
export { copyFile, openFileToRead } from './inspect/open-file.ts';
export { Snapshot } from './inspect/snapshot.ts';
export type { CollectionSummary } from './inspect/snapshot.ts';
export { lockFile } from './storage/file-lock.ts';

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
