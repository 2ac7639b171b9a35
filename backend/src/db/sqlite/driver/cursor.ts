import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { Document } from '../values/bson.ts';
import type { OpenRead } from '../reads/open-read.ts';
import { checkConcerns } from './check-options.ts';
import { badValue } from './errors.ts';

const DEFAULT_BATCH = 101;

/** The part that all cursors share: what was fetched, and handing it out. */
export abstract class Cursor extends EventEmitter {
  #buffer: Document[] = [];
  #read: OpenRead | undefined;
  #batch = DEFAULT_BATCH;
  #isExhausted = false;
  #isClosed = false;
  #transform: ((document: Document) => unknown) | undefined;

  /** Starts the search; called once, at the first document that is asked for. */
  protected abstract open(): OpenRead;

  get closed(): boolean {
    return this.#isClosed;
  }

  /** Whether documents were asked for already: then sort, limit and the like come too late. */
  protected get isOpened(): boolean {
    return this.#read !== undefined;
  }

  batchSize(size: number): this {
    if (!Number.isInteger(size) || size < 0) throw badValue('batchSize must be a whole number');
    this.#batch = size || DEFAULT_BATCH;
    return this;
  }

  /** Changes each document on its way out. */
  map(transform: (document: Document) => unknown): this {
    const before = this.#transform;
    this.#transform =
      before === undefined ? transform : (document) => transform(before(document) as Document);
    return this;
  }

  async hasNext(): Promise<boolean> {
    if (this.#buffer.length === 0) await this.#load(this.#batch);
    return this.#buffer.length > 0;
  }

  async next(): Promise<unknown> {
    if (!(await this.hasNext())) return null;
    return this.#out(this.#buffer.shift());
  }

  tryNext(): Promise<unknown> {
    return this.next();
  }

  async toArray(): Promise<unknown[]> {
    await this.#load(Infinity);
    const all = this.#buffer.map((document) => this.#out(document));
    await this.close();
    return all;
  }

  /** The documents as a stream of Node's. */
  stream(): Readable {
    return Readable.from(this, { objectMode: true });
  }

  /** How many documents are fetched and not yet handed out. */
  bufferedCount(): number {
    return this.#buffer.length;
  }

  /** Hands out what is fetched already. */
  readBufferedDocuments(count: number = this.#buffer.length): unknown[] {
    return this.#buffer.splice(0, count).map((document) => this.#out(document));
  }

  withReadPreference(readPreference: unknown): this {
    checkConcerns({ readPreference });
    return this;
  }

  withReadConcern(readConcern: unknown): this {
    checkConcerns({ readConcern });
    return this;
  }

  /** Calls for each document, until one call returns false. */
  async forEach(visit: (document: unknown) => unknown): Promise<void> {
    for await (const document of this) if (visit(document) === false) return;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown> {
    try {
      while (await this.hasNext()) yield await this.next();
    } finally {
      await this.close();
    }
  }

  /** Starts again from the first document. */
  rewind(): void {
    this.#read?.close();
    this.#buffer = [];
    this.#read = undefined;
    this.#isExhausted = false;
    this.#isClosed = false;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isExhausted = true;
    this.#buffer = [];
    this.#read?.close();
    this.emit('close');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #load(count: number): Promise<void> {
    if (this.#isExhausted) return;
    this.#read ??= this.open();
    const documents = await this.#read.next(count);
    if (documents.length < count) this.#isExhausted = true;
    this.#buffer = this.#buffer.length === 0 ? documents : [...this.#buffer, ...documents];
  }

  #out(document: Document | undefined): unknown {
    if (document === undefined) return null;
    return this.#transform === undefined ? document : this.#transform(document);
  }
}
