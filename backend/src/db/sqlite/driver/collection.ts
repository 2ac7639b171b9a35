import { AggregationCursor } from './aggregation-cursor.ts';
import { mongo } from 'mongoose';
import { isDocument, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { bulkError, bulkResult } from '../changes/bulk-counts.ts';
import { assignId } from '../changes/bulk-operation.ts';
import { runBulk } from '../changes/bulk-write.ts';
import { CollectionSchema } from './collection-schema.ts';
import { badValue } from './errors.ts';
import { FindCursor } from './find-cursor.ts';
import { isExplained } from './explain-option.ts';
import { FIND_OPTIONS, findRequest, parseFilter } from './find-request.ts';
import { findAndChange } from '../changes/find-and-change.ts';
import { checkOptions } from './check-options.ts';
import { sessionOf } from './options.ts';
import type { Options } from './check-options.ts';
import { insertRow } from '../storage/rows.ts';
import { deleteDocuments, updateDocuments } from '../changes/change-documents.ts';
import type { UpdateRequest } from '../changes/update-rows.ts';
import { refuseOtherMethods } from './refuse-methods.ts';

const UPDATE_OPTIONS = ['upsert', 'arrayFilters', 'hint', 'sort', 'collation', 'let'];

/** A collection with the methods of MongoDB's driver that Mongoose calls. */
export class Collection extends CollectionSchema {
  // Writing

  async insertOne(document: Document, options: Options = {}): Promise<Document> {
    checkOptions('insertOne', options, []);
    const inserted = assignId(document);
    await this.engine.write(sessionOf(options), (writer) => {
      insertRow(writer, this.collectionName, inserted);
    });
    return { acknowledged: true, insertedId: inserted['_id'] };
  }

  async insertMany(documents: Document[], options: Options = {}): Promise<Document> {
    // Mongoose's own limit says how many it validates at a time.
    checkOptions('insertMany', options, ['ordered', 'limit']);
    const operations = documents.map((document) => ({ insertOne: { document: assignId(document) } }));
    const result = await this.#bulk(operations, options);
    return { acknowledged: true, insertedCount: result.insertedCount, insertedIds: result.insertedIds };
  }

  async bulkWrite(operations: Document[], options: Options = {}): Promise<unknown> {
    checkOptions('bulkWrite', options, ['ordered', 'let']);
    if (operations.length === 0) throw badValue('Invalid BulkOperation, Batch cannot be empty');
    return await this.#bulk(operations, options);
  }

  updateOne(filter: Document, update: unknown, options: Options = {}): Promise<Document> {
    checkOptions('updateOne', options, UPDATE_OPTIONS);
    return this.#update({ filter, update, options });
  }

  updateMany(filter: Document, update: unknown, options: Options = {}): Promise<Document> {
    checkOptions('updateMany', options, ['upsert', 'arrayFilters', 'hint', 'collation', 'let']);
    return this.#update({ filter, update, options, isMulti: true });
  }

  replaceOne(filter: Document, replacement: unknown, options: Options = {}): Promise<Document> {
    checkOptions('replaceOne', options, ['upsert', 'hint', 'sort', 'collation', 'let']);
    return this.#update({ filter, update: replacement, options, isReplacement: true });
  }

  async deleteOne(filter: Document = {}, options: Options = {}): Promise<Document> {
    return await this.#delete('deleteOne', filter, options);
  }

  async deleteMany(filter: Document = {}, options: Options = {}): Promise<Document> {
    return await this.#delete('deleteMany', filter, options);
  }

  findOneAndUpdate(filter: Document, update: unknown, options: Options = {}): Promise<unknown> {
    return findAndChange(this.engine, this.collectionName, { kind: 'update', filter, update, options });
  }

  findOneAndReplace(filter: Document, update: unknown, options: Options = {}): Promise<unknown> {
    return findAndChange(this.engine, this.collectionName, { kind: 'replace', filter, update, options });
  }

  findOneAndDelete(filter: Document, options: Options = {}): Promise<unknown> {
    return findAndChange(this.engine, this.collectionName, { kind: 'delete', filter, update: {}, options });
  }

  // Reading

  find(filter?: Document, options: Options = {}): FindCursor {
    return new FindCursor(this.engine, this.collectionName, filter, options);
  }

  async findOne(filter?: Document, options: Options = {}): Promise<unknown> {
    if (isExplained(options['explain']))
      return await this.find(filter, { ...options, limit: 1 }).explain(options['explain']);
    checkOptions('findOne', options, FIND_OPTIONS);
    const request = findRequest('find', this.collectionName, parseFilter(filter), options, 1);
    return await this.engine.readFirst(sessionOf(options), request);
  }

  async countDocuments(filter?: Document, options: Options = {}): Promise<number> {
    checkOptions('countDocuments', options, ['skip', 'limit', 'hint', 'collation', 'maxTimeMS', 'let']);
    return await this.find(filter, options).count();
  }

  async estimatedDocumentCount(options: Options = {}): Promise<number> {
    checkOptions('estimatedDocumentCount', options, ['maxTimeMS']);
    return await this.countDocuments({}, options);
  }

  async distinct(path: string, filter?: Document, options: Options = {}): Promise<unknown[]> {
    checkOptions('distinct', options, ['hint', 'collation', 'maxTimeMS']);
    return await this.find(filter, options).distinct(path);
  }

  aggregate(pipeline: unknown, options: Options = {}): AggregationCursor {
    const place = { database: this.dbName, collection: this.collectionName };
    return new AggregationCursor(this.engine, place, pipeline, options);
  }

  async #bulk(operations: Document[], options: Options): Promise<ReturnType<typeof bulkResult>> {
    const isOrdered = options['ordered'] !== false;
    const bulk = { name: this.collectionName, operations: withLet(operations, options['let']), isOrdered };
    const counts = await runBulk(this.engine, sessionOf(options), bulk);
    if (counts.writeErrors.length > 0) throw bulkError(counts, isOrdered);
    return bulkResult(counts, isOrdered);
  }

  async #update(request: UpdateRequest): Promise<Document> {
    const outcome = await updateDocuments(this.engine, this.collectionName, request);
    const { matchedCount, modifiedCount, upsertedId } = promote({ ...outcome, before: null, after: null });
    const upsertedCount = upsertedId === null ? 0 : 1;
    return { acknowledged: true, matchedCount, modifiedCount, upsertedCount, upsertedId };
  }

  async #delete(
    operation: 'deleteOne' | 'deleteMany',
    filter: Document,
    options: Options,
  ): Promise<Document> {
    checkOptions(operation, options, ['hint', 'collation', 'let']);
    const isMulti = operation === 'deleteMany';
    const { count } = await deleteDocuments(this.engine, this.collectionName, filter, isMulti, options);
    return { acknowledged: true, deletedCount: count };
  }
}

/** The bulk's variables are those of each of its operations. */
function withLet(operations: Document[], variables: unknown): Document[] {
  if (!isDocument(variables)) return operations;
  return operations.map((operation) =>
    Object.fromEntries(
      Object.entries(operation).map(([kind, body]) => {
        const takesNone = kind === 'insertOne' || !isDocument(body);
        return [kind, takesNone ? body : { ...body, let: variables }];
      }),
    ),
  );
}

refuseOtherMethods('collection', Collection.prototype, mongo.Collection.prototype);
