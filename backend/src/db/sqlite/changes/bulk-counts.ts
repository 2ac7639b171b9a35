import { mongo } from 'mongoose';
import native from 'mongoose/lib/drivers/node-mongodb-native/index.js';
import type { Document } from '../values/bson.ts';

/** Counts in the shape that the driver's BulkWriteResult takes. */
export type BulkCounts = {
  ok: number;
  writeErrors: BulkError[];
  writeConcernErrors: never[];
  insertedIds: { index: number; _id: unknown }[];
  upserted: { index: number; _id: unknown }[];
  nInserted: number;
  nUpserted: number;
  nMatched: number;
  nModified: number;
  nRemoved: number;
};

/** One operation's failure, with the properties of the driver's WriteError. */
export class BulkError {
  readonly err: Document;

  constructor(index: number, operation: Document, error: mongo.MongoServerError) {
    const { keyPattern, keyValue } = error;
    this.err = { index, code: error.code, errmsg: error.message, op: operation, keyPattern, keyValue };
  }

  get index(): unknown {
    return this.err['index'];
  }
  get code(): unknown {
    return this.err['code'];
  }
  get errmsg(): unknown {
    return this.err['errmsg'];
  }
}

export function emptyCounts(): BulkCounts {
  return {
    ok: 1,
    writeErrors: [],
    writeConcernErrors: [],
    insertedIds: [],
    upserted: [],
    nInserted: 0,
    nUpserted: 0,
    nMatched: 0,
    nModified: 0,
    nRemoved: 0,
  };
}

/** The error that the driver throws for a bulk with failures. */
export function bulkError(counts: BulkCounts, isOrdered: boolean): mongo.MongoBulkWriteError {
  const [first] = counts.writeErrors;
  const description = {
    message: String(first?.errmsg),
    code: Number(first?.code),
    writeErrors: counts.writeErrors,
    keyPattern: first?.err['keyPattern'],
    keyValue: first?.err['keyValue'],
  };
  return new mongo.MongoBulkWriteError(
    description as unknown as ConstructorParameters<typeof mongo.MongoBulkWriteError>[0],
    bulkResult(counts, isOrdered),
  );
}

export function bulkResult(counts: BulkCounts, isOrdered: boolean): mongo.BulkWriteResult {
  return new native.BulkWriteResult(counts, isOrdered);
}
