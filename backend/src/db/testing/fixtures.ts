import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import type { Connection } from 'mongoose';
import { connectDatabase } from '../connect.ts';
import type { DatabaseSettings } from '../connect.ts';
import type { TestConnection } from './conformance.ts';

type Fields = Record<string, unknown>;
type Loose<Result> = (...args: unknown[]) => Promise<Result>;

/** A cursor of the driver, for documents of any shape. */
export type AnyCursor = AsyncIterable<Fields> & {
  readonly closed: boolean;
  sort(sort: object): AnyCursor;
  skip(count: number): AnyCursor;
  limit(count: number): AnyCursor;
  project(projection: object): AnyCursor;
  batchSize(size: number): AnyCursor;
  hint(hint: unknown): AnyCursor;
  next(): Promise<Fields | null>;
  toArray(): Promise<Fields[]>;
  explain(): Promise<Fields>;
};

/** The driver's own collection, typed for documents of any shape. */
export type AnyCollection = {
  readonly collectionName: string;
  find(filter?: object, options?: object): AnyCursor;
  aggregate(pipeline: object[], options?: object): AnyCursor;
  findOne: Loose<Fields | null>;
  findOneAndUpdate: Loose<Fields | null>;
  findOneAndReplace: Loose<Fields | null>;
  findOneAndDelete: Loose<Fields | null>;
  insertOne: Loose<mongo.InsertOneResult>;
  insertMany: Loose<mongo.InsertManyResult>;
  updateOne: Loose<mongo.UpdateResult>;
  updateMany: Loose<mongo.UpdateResult>;
  replaceOne: Loose<mongo.UpdateResult>;
  deleteOne: Loose<mongo.DeleteResult>;
  deleteMany: Loose<mongo.DeleteResult>;
  bulkWrite: Loose<mongo.BulkWriteResult>;
  countDocuments: Loose<number>;
  estimatedDocumentCount: Loose<number>;
  distinct: Loose<unknown[]>;
  createIndex: Loose<string>;
  createIndexes: Loose<string[]>;
  indexExists: Loose<boolean>;
  dropIndex: Loose<unknown>;
  indexes: Loose<Fields[]>;
  drop: Loose<boolean>;
};

let counter = 0;

/** A collection that no other test uses, filled with documents. */
export async function filled(
  connection: Connection,
  documents: readonly Record<string, unknown>[] = [],
): Promise<AnyCollection> {
  counter += 1;
  const collection = connection.collection(`case${counter}`) as unknown as AnyCollection;
  if (documents.length > 0) {
    const withIds = documents.map((document, at) => ({ _id: at + 1, ...document }));
    await collection.insertMany(withIds);
  }
  return collection;
}

/** A folder that is gone after `remove`. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'wzatco-db-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A fresh embedded database in a folder of its own. */
export async function embeddedDatabase(limits: DatabaseSettings['limits'] = {}): Promise<TestConnection> {
  const folder = temporaryFolder();
  const database = await connectDatabase({ dataDir: folder.path, limits });
  const close = async (): Promise<void> => {
    await database.close();
    folder.remove();
  };
  return { connection: database.connection, close };
}

/** A database of its own on a server that speaks MongoDB's protocol. */
export async function serverDatabase(uri: string): Promise<TestConnection> {
  const url = new URL(uri);
  url.pathname = `/conformance_${process.pid}_${Date.now()}`;
  const database = await connectDatabase({ mongodbUri: url.href, dataDir: '' });
  const close = async (): Promise<void> => {
    await database.connection.dropDatabase();
    await database.close();
  };
  return { connection: database.connection, close };
}

/** Which server a URI leads to: real MongoDB, or SecantusDB, which speaks its protocol. */
export async function nameServer(uri: string): Promise<'MongoDB' | 'SecantusDB'> {
  const client = await new mongo.MongoClient(uri).connect();
  const info = await client.db().admin().command({ buildInfo: 1 });
  await client.close();
  return 'secantusVersion' in info ? 'SecantusDB' : 'MongoDB';
}

/** What an operation failed with, as an object to look into. */
export async function failure(operation: Promise<unknown>): Promise<mongo.MongoServerError> {
  try {
    await operation;
  } catch (error) {
    if (error instanceof mongo.MongoServerError) return error;
    throw error;
  }
  throw new Error('the operation did not fail');
}
