import { mongo } from 'mongoose';
import { asNumber, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { Cursor } from './cursor.ts';
import type { Engine } from '../storage/engine.ts';
import type { OpenRead } from '../reads/open-read.ts';
import type { ReadRequest } from '../reads/read-request.ts';
import { badValue, unsupported } from './errors.ts';
import { checkOptions } from './check-options.ts';
import { FIND_OPTIONS, findRequest, parseFilter } from './find-request.ts';
import { explainAs, isExplained, readOnce } from './explain-option.ts';
import { sessionOf } from './options.ts';
import type { Options } from './check-options.ts';
import { refuseOtherMethods } from './refuse-methods.ts';

/** A search that has not begun: it runs at the first document that is asked for. */
export class FindCursor extends Cursor {
  readonly #engine: Engine;
  readonly #collection: string;
  #filter: Document;
  #options: Options;

  constructor(engine: Engine, collection: string, filter: unknown, options: Options) {
    super();
    checkOptions('find', options, FIND_OPTIONS);
    this.#engine = engine;
    this.#collection = collection;
    // Taken now: what the caller changes later in its object does not count.
    this.#filter = parseFilter(filter);
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

  filter(filter: Document): this {
    if (this.isOpened) throw badValue('filter comes too late: the cursor is already running');
    this.#filter = normalise(filter);
    return this;
  }

  /** Accepted: what is sorted here never needs the disk. */
  allowDiskUse(): this {
    return this;
  }

  comment(): this {
    return this;
  }

  addCursorFlag(flag: string, value: boolean): this {
    if (value && flag !== 'noCursorTimeout' && flag !== 'partial')
      throw unsupported(`the cursor flag ${flag}`);
    return this;
  }

  collation(collation: unknown): this {
    return this.#set('collation', collation);
  }

  /** Fails with code 50 when the search takes longer. */
  maxTimeMS(milliseconds: number): this {
    return this.#set('maxTimeMS', milliseconds);
  }

  clone(): FindCursor {
    return new FindCursor(this.#engine, this.#collection, this.#filter, this.#options);
  }

  /** How many documents there are, skip and limit included. */
  async count(): Promise<number> {
    const [{ n } = { n: 0 }] = await this.#read('count').next(1);
    return Number(n);
  }

  /** The different values at a path. */
  async distinct(path: string): Promise<unknown[]> {
    const found = await this.#read('distinct', { path }).next(Infinity);
    return found.map(({ value }) => value);
  }

  /** Says which index the search used and, but for `queryPlanner`, how many documents it read. */
  async explain(verbosity?: unknown): Promise<Document> {
    return explainAs(verbosity, await this.#read('explain').next(1));
  }

  protected override open(): OpenRead {
    const verbosity = this.#options['explain'];
    if (!isExplained(verbosity)) return this.#read('find');
    return readOnce(() => this.explain(verbosity));
  }

  #read(kind: ReadRequest['kind'], others?: Partial<ReadRequest>): OpenRead {
    const request = findRequest(kind, this.#collection, this.#filter, this.#options);
    return this.#engine.openRead(sessionOf(this.#options), { ...request, ...others });
  }

  #set(name: string, value: unknown): this {
    if (this.isOpened) throw badValue(`${name} comes too late: the cursor is already running`);
    this.#options = { ...this.#options, [name]: value };
    return this;
  }
}

refuseOtherMethods('cursor', FindCursor.prototype, mongo.FindCursor.prototype);
