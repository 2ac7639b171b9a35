import { badValue, unsupported } from '../driver/errors.ts';
import { checkOptions } from '../driver/check-options.ts';
import { insertRow } from '../storage/rows.ts';
import type { Writer } from '../storage/writer.ts';
import { isDocument, ObjectId, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { BulkCounts } from './bulk-counts.ts';
import { compileRowsDelete, compileRowsUpdate } from './update-rows.ts';
import type { RowsChange } from './update-rows.ts';

/** Enters into a bulk's result what an operation did. */
type Count = (counts: BulkCounts) => void;

/** One operation of a bulk: what it changes, and how that is counted. */
export type BulkOperation =
  | { readonly kind: 'insert'; readonly insert: (writer: Writer, name: string) => Count }
  | { readonly kind: 'change'; readonly change: RowsChange<Count> };

const UPDATE_OPTIONS = 'filter update replacement upsert arrayFilters hint sort collation let'.split(' ');

/**
 * Reads one operation of a bulk.
 *
 * @param index its place in the bulk
 * @throws MongoServerError for one that is wrong or not supported
 */
export function parseOperation(operation: Document, index: number): BulkOperation {
  const [kind = '', ...others] = Object.keys(operation);
  const body = operation[kind];
  if (others.length > 0 || !isDocument(body))
    throw badValue('a bulk operation names exactly one kind of write');
  const filter = isDocument(body['filter']) ? body['filter'] : {};
  switch (kind) {
    case 'insertOne':
      return { kind: 'insert', insert: insertion(body, index) };
    case 'updateOne':
    case 'updateMany':
    case 'replaceOne':
      checkOptions(kind, body, UPDATE_OPTIONS);
      return { kind: 'change', change: update(kind, filter, body, index) };
    case 'deleteOne':
    case 'deleteMany':
      checkOptions(kind, body, ['filter', 'hint', 'collation', 'let']);
      return { kind: 'change', change: removal(kind, filter, body) };
    default:
      throw unsupported(`the bulk operation ${kind}`);
  }
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

function insertion(body: Document, index: number): (writer: Writer, name: string) => Count {
  const document = assignId(body['document']);
  return (writer, name) => {
    insertRow(writer, name, document);
    return (counts) => {
      counts.nInserted += 1;
      counts.insertedIds.push({ index, _id: document['_id'] });
    };
  };
}

function update(
  kind: 'updateOne' | 'updateMany' | 'replaceOne',
  filter: Document,
  body: Document,
  index: number,
): RowsChange<Count> {
  const isReplacement = kind === 'replaceOne';
  const { selection, apply } = compileRowsUpdate({
    filter,
    update: isReplacement ? body['replacement'] : body['update'],
    isReplacement,
    isMulti: kind === 'updateMany',
    options: body,
  });
  return {
    selection,
    apply: (writer, name, rows) => {
      const { matchedCount, modifiedCount, upsertedId } = apply(writer, name, rows);
      return (counts) => {
        counts.nMatched += matchedCount;
        counts.nModified += modifiedCount;
        if (upsertedId === null) return;
        counts.nUpserted += 1;
        counts.upserted.push({ index, _id: promote({ _id: upsertedId })['_id'] });
      };
    },
  };
}

function removal(kind: 'deleteOne' | 'deleteMany', filter: Document, body: Document): RowsChange<Count> {
  const { selection, apply } = compileRowsDelete(filter, kind === 'deleteMany', body);
  return {
    selection,
    apply: (writer, name, rows) => {
      const { count } = apply(writer, name, rows);
      return (counts) => {
        counts.nRemoved += count;
      };
    },
  };
}
