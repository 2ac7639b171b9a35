import { AggregationCursor } from './aggregation-cursor.ts';
import { isDocument, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { Collection } from './collection.ts';
import { dropCollection, ensureCollection } from '../storage/collection-schema.ts';
import type { Engine } from '../storage/engine.ts';
import { serverError, unsupported } from './errors.ts';
import { expireDocuments } from '../indexes/expire-documents.ts';
import { ListCursor } from './list-cursor.ts';
import { mongo } from 'mongoose';
import { refuseOtherMethods } from './refuse-methods.ts';
import { compileFilter } from '../search/matcher.ts';
import { checkOptions } from './check-options.ts';
import { sessionOf } from './options.ts';
import type { Options } from './check-options.ts';

/** What `listCollections` says besides the name. */
const DETAILS = { options: {}, info: { readOnly: false }, idIndex: { v: 2, key: { _id: 1 }, name: '_id_' } };

/** The database: its collections. One file holds one. */
export class Db {
  readonly databaseName: string;
  readonly #engine: Engine;

  constructor(engine: Engine, name: string) {
    this.#engine = engine;
    this.databaseName = name;
  }

  collection(name: string): Collection {
    return new Collection(this.#engine, this.databaseName, name);
  }

  async createCollection(name: string, options: Options = {}): Promise<Collection> {
    checkOptions('createCollection', options, []);
    await this.#engine.write(sessionOf(options), (writer) => {
      if (writer.catalog.has(name)) {
        throw serverError(48, 'NamespaceExists', `Collection ${this.databaseName}.${name} already exists.`);
      }
      ensureCollection(writer, name);
    });
    return this.collection(name);
  }

  listCollections(filter: Document = {}, options: Options = {}): ListCursor {
    checkOptions('listCollections', options, ['nameOnly', 'authorizedCollections']);
    const isNameOnly = options['nameOnly'] === true;
    const matches = compileFilter(normalise(filter));
    return new ListCursor(() =>
      this.#engine.read(sessionOf(options), ({ catalog }) =>
        [...catalog.keys()]
          .map((name): Document => ({ name, type: 'collection', ...(isNameOnly ? {} : DETAILS) }))
          .filter(matches),
      ),
    );
  }

  async collections(): Promise<Collection[]> {
    const listed = await this.listCollections().toArray();
    return listed.map((entry) => this.collection(String((entry as Document)['name'])));
  }

  async renameCollection(from: string, to: string, options: Options = {}): Promise<Collection> {
    return await this.collection(from).rename(to, options);
  }

  async createIndex(name: string, keys: unknown, options: Options = {}): Promise<string> {
    return await this.collection(name).createIndex(keys, options);
  }

  async indexInformation(name: string, options: Options = {}): Promise<Document | Document[]> {
    return await this.collection(name).indexInformation(options);
  }

  async dropCollection(name: string, options: Options = {}): Promise<boolean> {
    return await this.collection(name).drop(options);
  }

  async dropDatabase(options: Options = {}): Promise<boolean> {
    checkOptions('dropDatabase', options, []);
    return await this.#engine.write(sessionOf(options), (writer) => {
      for (const name of writer.catalog.keys()) dropCollection(writer, name);
      return true;
    });
  }

  aggregate(pipeline: unknown, options: Options = {}): AggregationCursor {
    return new AggregationCursor(this.#engine, { database: this.databaseName }, pipeline, options);
  }

  /** `ping` is answered; other commands are refused. */
  async command(command: Document): Promise<Document> {
    const [name = ''] = isDocument(command) ? Object.keys(command) : [];
    if (name === 'ping') return await this.#engine.read(undefined, () => ({ ok: 1 }));
    throw unsupported(`the command ${name}`);
  }

  admin(): { ping: () => Promise<Document>; listDatabases: () => Promise<Document> } {
    return {
      ping: () => this.command({ ping: 1 }),
      listDatabases: async () => ({ databases: [{ name: this.databaseName }], ok: 1 }),
    };
  }

  /**
   * Deletes what TTL indexes say is due; MongoDB does so once a minute by itself, here the program
   * calls it.
   *
   * @param now the time that counts as the present
   * @returns how many documents were deleted
   */
  async expireDocuments(now: Date = new Date()): Promise<number> {
    return await expireDocuments(this.#engine, now);
  }
}

refuseOtherMethods('database', Db.prototype, mongo.Db.prototype);
