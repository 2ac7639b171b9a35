import { AggregationCursor } from './aggregation-cursor.ts';
import { normalise, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { bulkError, bulkResult } from '../changes/bulk-counts.ts';
import { assignId } from '../changes/bulk-operation.ts';
import { runBulk } from '../changes/bulk-write.ts';
import {
  dropCollection,
  dropIndex,
  indexName,
  indexSteps,
  listIndexes,
} from '../storage/collection-schema.ts';
import type { Engine } from '../storage/engine.ts';
import { badValue, serverError } from './errors.ts';
import { FindCursor } from './find-cursor.ts';
import { findAndChange } from '../changes/find-and-change.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';
import { parseIndexSpec } from '../indexes/index-spec.ts';
import { ListCursor } from './list-cursor.ts';
import { checkOptions, sessionOf } from './options.ts';
import type { Options } from './options.ts';
import { insertRow } from '../storage/rows.ts';
import { deleteDocuments, updateDocuments } from '../changes/change-documents.ts';
import type { UpdateRequest } from '../changes/update-rows.ts';
import { refuseOtherMethods } from './refuse-methods.ts';

const UPDATE_OPTIONS = ['upsert', 'arrayFilters', 'hint', 'sort', 'collation'];

/** A collection with the methods of MongoDB's driver that Mongoose calls. */
export class Collection {
  readonly #engine: Engine;
  readonly collectionName: string;
  readonly dbName: string;

  constructor(engine: Engine, dbName: string, name: string) {
    this.#engine = engine;
    this.dbName = dbName;
    this.collectionName = name;
  }

  get namespace(): string {
    return `${this.dbName}.${this.collectionName}`;
  }

  // Writing

  async insertOne(document: Document, options: Options = {}): Promise<Document> {
    checkOptions('insertOne', options, []);
    const inserted = assignId(document);
    await this.#engine.write(sessionOf(options), (writer) => {
      insertRow(writer, this.collectionName, inserted);
    });
    return { acknowledged: true, insertedId: inserted['_id'] };
  }

  async insertMany(documents: Document[], options: Options = {}): Promise<Document> {
    checkOptions('insertMany', options, ['ordered']);
    const operations = documents.map((document) => ({ insertOne: { document: assignId(document) } }));
    const result = await this.#bulk(operations, options);
    return { acknowledged: true, insertedCount: result.insertedCount, insertedIds: result.insertedIds };
  }

  async bulkWrite(operations: Document[], options: Options = {}): Promise<unknown> {
    checkOptions('bulkWrite', options, ['ordered']);
    if (operations.length === 0) throw badValue('Invalid BulkOperation, Batch cannot be empty');
    return await this.#bulk(operations, options);
  }

  updateOne(filter: Document, update: unknown, options: Options = {}): Promise<Document> {
    checkOptions('updateOne', options, UPDATE_OPTIONS);
    return this.#update({ filter, update, options });
  }

  updateMany(filter: Document, update: unknown, options: Options = {}): Promise<Document> {
    checkOptions('updateMany', options, ['upsert', 'arrayFilters', 'hint', 'collation']);
    return this.#update({ filter, update, options, isMulti: true });
  }

  replaceOne(filter: Document, replacement: unknown, options: Options = {}): Promise<Document> {
    checkOptions('replaceOne', options, ['upsert', 'hint', 'sort', 'collation']);
    return this.#update({ filter, update: replacement, options, isReplacement: true });
  }

  async deleteOne(filter: Document = {}, options: Options = {}): Promise<Document> {
    return await this.#delete('deleteOne', filter, options);
  }

  async deleteMany(filter: Document = {}, options: Options = {}): Promise<Document> {
    return await this.#delete('deleteMany', filter, options);
  }

  findOneAndUpdate(filter: Document, update: unknown, options: Options = {}): Promise<unknown> {
    return findAndChange(this.#engine, this.collectionName, { kind: 'update', filter, update, options });
  }

  findOneAndReplace(filter: Document, update: unknown, options: Options = {}): Promise<unknown> {
    return findAndChange(this.#engine, this.collectionName, { kind: 'replace', filter, update, options });
  }

  findOneAndDelete(filter: Document, options: Options = {}): Promise<unknown> {
    return findAndChange(this.#engine, this.collectionName, { kind: 'delete', filter, update: {}, options });
  }

  // Reading

  find(filter?: Document, options: Options = {}): FindCursor {
    return new FindCursor(this.#engine, this.collectionName, filter, options);
  }

  async findOne(filter?: Document, options: Options = {}): Promise<unknown> {
    const { explain, ...others } = options;
    const cursor = this.find(filter, { ...others, limit: 1 });
    if (explain) return await cursor.explain();
    const [found = null] = await cursor.toArray();
    return found;
  }

  async countDocuments(filter?: Document, options: Options = {}): Promise<number> {
    checkOptions('countDocuments', options, ['skip', 'limit', 'hint', 'collation']);
    return await this.find(filter, options).count();
  }

  async estimatedDocumentCount(options: Options = {}): Promise<number> {
    checkOptions('estimatedDocumentCount', options, []);
    return await this.countDocuments({}, options);
  }

  async distinct(path: string, filter?: Document, options: Options = {}): Promise<unknown[]> {
    checkOptions('distinct', options, ['hint', 'collation']);
    return await this.find(filter, options).distinct(path);
  }

  aggregate(pipeline: unknown, options: Options = {}): AggregationCursor {
    const place = { database: this.dbName, collection: this.collectionName };
    return new AggregationCursor(this.#engine, place, pipeline, options);
  }

  // Indexes

  async createIndex(keys: unknown, options: Options = {}): Promise<string> {
    const [name = ''] = await this.#createIndexes([parseIndexSpec(keys, options)], options);
    return name;
  }

  async createIndexes(specs: Document[], options: Options = {}): Promise<string[]> {
    const parsed = specs.map(({ key, ...own }) => parseIndexSpec(key, own));
    return await this.#createIndexes(parsed, options);
  }

  async dropIndex(name: string, options: Options = {}): Promise<Document> {
    await this.#engine.write(sessionOf(options), (writer) => dropIndex(writer, this.collectionName, name));
    return { ok: 1 };
  }

  async dropIndexes(options: Options = {}): Promise<boolean> {
    await this.dropIndex('*', options);
    return true;
  }

  listIndexes(options: Options = {}): ListCursor {
    return new ListCursor(() =>
      this.#engine.read(sessionOf(options), ({ catalog }) => {
        const entry = catalog.get(this.collectionName);
        if (entry === undefined)
          throw serverError(26, 'NamespaceNotFound', `ns does not exist: ${this.namespace}`);
        return listIndexes(entry).map((index) => promote(normalise(index)));
      }),
    );
  }

  async indexes(options: Options = {}): Promise<unknown[]> {
    return await this.listIndexes(options).toArray();
  }

  async indexExists(names: string | string[]): Promise<boolean> {
    const known = new Set((await this.indexes()).map((index) => (index as Document)['name']));
    return [names].flat().every((name) => known.has(name));
  }

  async drop(options: Options = {}): Promise<boolean> {
    return await this.#engine.write(sessionOf(options), (writer) =>
      dropCollection(writer, this.collectionName),
    );
  }

  async #createIndexes(specs: readonly IndexSpec[], options: Options): Promise<string[]> {
    const name = this.collectionName;
    await this.#engine.writeInSteps(sessionOf(options), function* (writer) {
      for (const spec of specs) yield* indexSteps(writer, name, spec);
    });
    return specs.map(indexName);
  }

  async #bulk(operations: Document[], options: Options): Promise<ReturnType<typeof bulkResult>> {
    const isOrdered = options['ordered'] !== false;
    const bulk = { name: this.collectionName, operations, isOrdered };
    const counts = await runBulk(this.#engine, sessionOf(options), bulk);
    if (counts.writeErrors.length > 0) throw bulkError(counts, isOrdered);
    return bulkResult(counts, isOrdered);
  }

  async #update(request: UpdateRequest): Promise<Document> {
    const outcome = await updateDocuments(this.#engine, this.collectionName, request);
    const { matchedCount, modifiedCount, upsertedId } = promote({ ...outcome, before: null, after: null });
    const upsertedCount = upsertedId === null ? 0 : 1;
    return { acknowledged: true, matchedCount, modifiedCount, upsertedCount, upsertedId };
  }

  async #delete(
    operation: 'deleteOne' | 'deleteMany',
    filter: Document,
    options: Options,
  ): Promise<Document> {
    checkOptions(operation, options, ['hint', 'collation']);
    const isMulti = operation === 'deleteMany';
    const { count } = await deleteDocuments(this.#engine, this.collectionName, filter, isMulti, options);
    return { acknowledged: true, deletedCount: count };
  }
}

refuseOtherMethods(Collection.prototype);
