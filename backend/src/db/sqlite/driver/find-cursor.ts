import { asNumber, decodeDocument, isDocument, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { Cursor } from './cursor.ts';
import type { Fetch } from './cursor.ts';
import type { Engine } from '../storage/engine.ts';
import { badValue, unsupported } from './errors.ts';
import { countDocuments, findDocuments } from '../search/find-documents.ts';
import type { FindRequest, FindStats } from '../search/find-documents.ts';
import { explainPlan } from '../search/explain.ts';
import { checkOptions, sessionOf } from './options.ts';
import type { Options } from './options.ts';
import { compileProjection } from '../search/projection.ts';
import type { Row } from '../storage/rows.ts';
import { parseSort } from '../search/sort-order.ts';
import type { ReadSource } from '../storage/writer.ts';

export const FIND_OPTIONS = ['sort', 'skip', 'limit', 'projection', 'hint', 'explain', 'singleBatch'];

/** A search that has not begun: it runs at the first document that is asked for. */
export class FindCursor extends Cursor {
  readonly #engine: Engine;
  readonly #collection: string;
  readonly #filter: Document;
  #options: Options;

  constructor(engine: Engine, collection: string, filter: unknown, options: Options) {
    super();
    checkOptions('find', options, FIND_OPTIONS);
    if (filter !== undefined && filter !== null && !isDocument(filter))
      throw badValue('a filter must be a document');
    this.#engine = engine;
    this.#collection = collection;
    // Taken now: what the caller changes later in its object does not count.
    this.#filter = normalise(filter ?? {});
    this.#options = { ...options };
    const batch = asNumber(options['batchSize']);
    if (batch !== undefined) this.batchSize(batch);
  }

  sort(sort: unknown, direction?: unknown): this {
    return this.#set('sort', typeof sort === 'string' ? { [sort]: direction ?? 1 } : sort);
  }

  skip(count: number): this {
    return this.#set('skip', count);
  }

  limit(count: number): this {
    return this.#set('limit', count);
  }

  project(projection: Document): this {
    return this.#set('projection', projection);
  }

  hint(hint: unknown): this {
    return this.#set('hint', hint);
  }

  comment(): this {
    return this;
  }

  addCursorFlag(flag: string, value: boolean): this {
    if (value && flag !== 'noCursorTimeout' && flag !== 'partial')
      throw unsupported(`the cursor flag ${flag}`);
    return this;
  }

  collation(): never {
    throw unsupported('collation');
  }

  maxTimeMS(): never {
    throw unsupported('maxTimeMS');
  }

  clone(): FindCursor {
    return new FindCursor(this.#engine, this.#collection, this.#filter, this.#options);
  }

  /** How many documents there are, skip and limit included. */
  async count(): Promise<number> {
    const request = this.#request();
    return await this.#engine.read(sessionOf(this.#options), (source) =>
      countDocuments(source, source.catalog.get(this.#collection), request),
    );
  }

  /** Says which index the search used and how many documents it read. */
  async explain(): Promise<Document> {
    const stats: FindStats = { documentsRead: 0 };
    const request = this.#request();
    return await this.#engine.read(sessionOf(this.#options), (source) => {
      const found = [...findDocuments(source, source.catalog.get(this.#collection), request, stats)];
      return explainPlan(stats, found.length);
    });
  }

  protected override open(): Fetch {
    const project = compileProjection(this.#options['projection'] as Document | undefined);
    const request = this.#request();
    let rows: Generator<Row> | undefined;
    const take = (source: ReadSource, count: number): Document[] => {
      rows ??= findDocuments(source, source.catalog.get(this.#collection), request);
      const documents: Document[] = [];
      while (documents.length < count) {
        const { done, value } = rows.next();
        if (done === true) break;
        documents.push(project === undefined ? value.document : project(value.document));
      }
      return documents;
    };
    return (count) => this.#engine.read(sessionOf(this.#options), (source) => take(source, count));
  }

  #request(): FindRequest {
    const skip = asNumber(this.#options['skip']) ?? 0;
    // MongoDB takes a negative limit as that many in a single batch.
    const limit = Math.abs(asNumber(this.#options['limit']) ?? 0);
    if (skip < 0 || !Number.isInteger(skip) || !Number.isInteger(limit))
      throw badValue('skip and limit must be whole');
    return {
      filter: this.#filter,
      sort: parseSort(this.#options['sort']),
      skip,
      limit,
      hint: this.#options['hint'],
      decode: decodeDocument,
    };
  }

  #set(name: string, value: unknown): this {
    if (this.isOpened) throw badValue(`${name} comes too late: the cursor is already running`);
    this.#options = { ...this.#options, [name]: value };
    return this;
  }
}
