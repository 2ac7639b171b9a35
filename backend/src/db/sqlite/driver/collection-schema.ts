import { parseIndexSpec } from '../indexes/index-spec.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';
import {
  dropCollection,
  dropIndex,
  indexName,
  indexSteps,
  listIndexes,
  renameCollection,
} from '../storage/collection-schema.ts';
import type { Engine } from '../storage/engine.ts';
import { normalise, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { serverError } from './errors.ts';
import { ListCursor } from './list-cursor.ts';
import { checkOptions } from './check-options.ts';
import { sessionOf } from './options.ts';
import type { Options } from './check-options.ts';

/** A collection without its documents: its names, its indexes, and that there is one. */
export class CollectionSchema {
  protected readonly engine: Engine;
  readonly collectionName: string;
  readonly dbName: string;

  constructor(engine: Engine, dbName: string, name: string) {
    this.engine = engine;
    this.dbName = dbName;
    this.collectionName = name;
  }

  get namespace(): string {
    return `${this.dbName}.${this.collectionName}`;
  }

  async createIndex(keys: unknown, options: Options = {}): Promise<string> {
    const [name = ''] = await this.#createIndexes([parseIndexSpec(keys, options)], options);
    return name;
  }

  async createIndexes(specs: Document[], options: Options = {}): Promise<string[]> {
    const parsed = specs.map(({ key, ...own }) => parseIndexSpec(key, own));
    return await this.#createIndexes(parsed, options);
  }

  async dropIndex(name: string, options: Options = {}): Promise<Document> {
    checkOptions('dropIndex', options, []);
    await this.engine.write(sessionOf(options), (writer) => dropIndex(writer, this.collectionName, name));
    return { ok: 1 };
  }

  async dropIndexes(options: Options = {}): Promise<boolean> {
    await this.dropIndex('*', options);
    return true;
  }

  listIndexes(options: Options = {}): ListCursor {
    checkOptions('listIndexes', options, ['full']);
    return new ListCursor(() =>
      this.engine.read(sessionOf(options), ({ catalog }) => {
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

  /** The keys of each index by its name, or with `full` the whole list. */
  async indexInformation(options: Options = {}): Promise<Document | Document[]> {
    const indexes = (await this.indexes(options)) as Document[];
    if (options['full'] === true) return indexes;
    return Object.fromEntries(
      indexes.map(({ name, key }) => [String(name), Object.entries(key as Document)]),
    );
  }

  // The collection itself

  /** Gives it another name; `dropTarget` drops the collection that has that name. */
  async rename(to: string, options: Options = {}): Promise<this> {
    checkOptions('rename', options, ['dropTarget']);
    const session = sessionOf(options);
    if (session?.inTransaction() === true) {
      throw serverError(263, 'OperationNotSupportedInTransaction', 'rename cannot run in a transaction');
    }
    await this.engine.write(session, (writer) => {
      if (options['dropTarget'] === true && writer.catalog.has(this.collectionName)) {
        dropCollection(writer, to);
      }
      renameCollection(writer, this.collectionName, to);
    });
    const Renamed = this.constructor as new (engine: Engine, dbName: string, name: string) => this;
    return new Renamed(this.engine, this.dbName, to);
  }

  /** What it was made with: there is nothing that it could have been made with here. */
  async options(options: Options = {}): Promise<Document> {
    checkOptions('options', options, []);
    return {};
  }

  async isCapped(options: Options = {}): Promise<boolean> {
    checkOptions('isCapped', options, []);
    return false;
  }

  async drop(options: Options = {}): Promise<boolean> {
    checkOptions('drop', options, []);
    return await this.engine.write(sessionOf(options), (writer) =>
      dropCollection(writer, this.collectionName),
    );
  }

  async #createIndexes(specs: readonly IndexSpec[], options: Options): Promise<string[]> {
    const name = this.collectionName;
    await this.engine.writeInSteps(sessionOf(options), function* (writer) {
      for (const spec of specs) yield* indexSteps(writer, name, spec);
    });
    return specs.map(indexName);
  }
}
