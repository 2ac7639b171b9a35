import { mongo } from 'mongoose';
import native from 'mongoose/lib/drivers/node-mongodb-native/index.js';
import { isDocument, ObjectId, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { badValue, fromSqlite, unsupported } from '../driver/errors.ts';
import { checkOptions } from '../driver/options.ts';
import { insertRow } from '../storage/rows.ts';
import { deleteRows, updateRows } from './update-rows.ts';
import type { Writer } from '../storage/writer.ts';

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

/**
 * Runs write operations in order, each of them whole or not at all.
 *
 * @param isOrdered stop at the first that fails; else go on with the others
 */
export function runBulk(
  writer: Writer,
  name: string,
  operations: Document[],
  isOrdered: boolean,
): BulkCounts {
  const counts: BulkCounts = {
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
  for (const [index, operation] of operations.entries()) {
    try {
      writer.atomically(() => runOne(writer, name, operation, index, counts));
    } catch (error) {
      const reason = fromSqlite(error);
      if (!(reason instanceof mongo.MongoServerError) || !writer.db.inTransaction) throw error;
      counts.writeErrors.push(new BulkError(index, operation, reason));
      if (isOrdered) break;
    }
  }
  return counts;
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

/** Gives a document its `_id`, as the driver does: in the caller's own object. */
export function assignId(document: unknown): Document {
  if (!isDocument(document) && (typeof document !== 'object' || document === null)) {
    throw badValue('a document to insert must be an object');
  }
  const target = document as Document;
  target['_id'] ??= new ObjectId();
  return target;
}

const UPDATE_OPTIONS = ['filter', 'update', 'replacement', 'upsert', 'arrayFilters', 'hint', 'sort'];

function runOne(writer: Writer, name: string, operation: Document, index: number, counts: BulkCounts): void {
  const [kind = '', ...others] = Object.keys(operation);
  const body = operation[kind];
  if (others.length > 0 || !isDocument(body))
    throw badValue('a bulk operation names exactly one kind of write');
  const filter = isDocument(body['filter']) ? body['filter'] : {};
  switch (kind) {
    case 'insertOne': {
      const document = assignId(body['document']);
      insertRow(writer, name, document);
      counts.nInserted += 1;
      counts.insertedIds.push({ index, _id: document['_id'] });
      return;
    }
    case 'updateOne':
    case 'updateMany':
    case 'replaceOne': {
      checkOptions(kind, body, UPDATE_OPTIONS);
      const isReplacement = kind === 'replaceOne';
      const update = isReplacement ? body['replacement'] : body['update'];
      const outcome = updateRows(writer, name, {
        filter,
        update,
        isReplacement,
        isMulti: kind === 'updateMany',
        options: body,
      });
      counts.nMatched += outcome.matchedCount;
      counts.nModified += outcome.modifiedCount;
      if (outcome.upsertedId === null) return;
      counts.nUpserted += 1;
      counts.upserted.push({ index, _id: promote({ _id: outcome.upsertedId })['_id'] });
      return;
    }
    case 'deleteOne':
    case 'deleteMany':
      checkOptions(kind, body, ['filter', 'hint']);
      counts.nRemoved += deleteRows(writer, name, filter, kind === 'deleteMany', body).length;
      return;
    default:
      throw unsupported(`the bulk operation ${kind}`);
  }
}
