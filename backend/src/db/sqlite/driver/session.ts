import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { mongo } from 'mongoose';
import { isDocument, ObjectId } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { checkOptions } from './check-options.ts';
import { serverError, unsupported } from './errors.ts';
import { refuseOtherMethods } from './refuse-methods.ts';
import type { OpenTransaction } from '../storage/open-transaction.ts';
import type { WriteQueue } from '../storage/write-queue.ts';

type State = 'none' | 'starting' | 'open' | 'committed' | 'aborted';

const RETRY_TIME = 120_000;
const current = new AsyncLocalStorage<Session>();

/** A session: what carries a transaction from one operation to the next. */
export class Session extends EventEmitter {
  readonly id = { id: new ObjectId() };
  readonly #queue: WriteQueue;
  #state: State = 'none';
  #granted: Promise<OpenTransaction> | undefined;
  readonly #defaults: Document;
  #hasEnded = false;

  constructor(queue: WriteQueue, options: Document = {}) {
    super();
    const { defaultTransactionOptions: defaults, ...others } = options;
    checkOptions('startSession', others, ['causalConsistency']);
    this.#defaults = isDocument(defaults) ? defaults : {};
    this.#queue = queue;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Mongoose looks here to see whether documents must be reset after an abort. */
  get transaction(): { readonly isActive: boolean } {
    return { isActive: this.inTransaction() };
  }

  /** Is it one of the database whose writes stand in this queue? */
  isOf(queue: WriteQueue): boolean {
    return this.#queue === queue;
  }

  requireUsable(): void {
    if (this.#hasEnded) throw new mongo.MongoExpiredSessionError();
  }

  inTransaction(): boolean {
    return this.#state === 'starting' || this.#state === 'open';
  }

  /** @param options concerns; what one node promises anyway changes nothing */
  startTransaction(options: Document = {}): void {
    // A transaction reads one moment, whatever the concern says.
    const { readConcern: _, ...others } = { ...this.#defaults, ...options };
    checkOptions('startTransaction', others, []);
    if (this.inTransaction()) throw new mongo.MongoTransactionError('Transaction already in progress');
    this.requireUsable();
    this.#state = 'starting';
    this.#granted = undefined;
  }

  /** The transaction's hold on the writer, taken at its first operation; undefined outside of one. */
  async hold(): Promise<OpenTransaction | undefined> {
    this.requireUsable();
    if (!this.inTransaction()) return undefined;
    this.#granted ??= this.#queue.begin();
    this.#state = 'open';
    return await this.#granted;
  }

  async commitTransaction(): Promise<void> {
    if (this.#state === 'committed') return;
    if (!this.inTransaction()) throw new mongo.MongoTransactionError('No transaction started');
    const granted = this.#granted;
    this.#state = 'committed';
    if (granted === undefined) return;
    try {
      const transaction = await granted;
      await transaction.commit();
    } catch (error) {
      this.#state = 'aborted';
      throw error;
    }
  }

  async abortTransaction(): Promise<void> {
    if (!this.inTransaction()) throw new mongo.MongoTransactionError('No transaction started');
    this.#state = 'aborted';
    const transaction = await this.#granted;
    await transaction?.abort();
  }

  /**
   * Runs `work` in a transaction: commits when it resolves, aborts when it throws, and tries again
   * while the error says that this may help. Resolves to what `work` returned, once it is on the disk.
   */
  async withTransaction<T>(work: (session: Session) => Promise<T>, options?: Document): Promise<T> {
    const end = Date.now() + RETRY_TIME;
    for (;;) {
      this.startTransaction(options);
      try {
        const result = await current.run(this, () => work(this));
        if (this.inTransaction()) await this.commitTransaction();
        return result;
      } catch (error) {
        if (this.inTransaction()) await this.abortTransaction();
        if (!isTransient(error) || Date.now() >= end) throw error;
      }
    }
  }

  equals(other: unknown): boolean {
    return other instanceof Session && other.id.id.equals(this.id.id);
  }

  async endSession(): Promise<void> {
    if (this.inTransaction()) await this.abortTransaction();
    this.#hasEnded = true;
    this.emit('ended', this);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.endSession();
  }

  toBSON(): never {
    throw unsupported('storing a session in a document');
  }
}

/**
 * Refuses a write without the session from inside an open transaction of the same call chain: it
 * would wait for that transaction, which would wait for it.
 */
export function refuseSelfWait(): void {
  if (current.getStore()?.inTransaction() !== true) return;
  throw serverError(
    263,
    'OperationNotSupportedInTransaction',
    'A write inside a transaction must be given its session, or it would wait for that transaction for ever',
  );
}

function isTransient(error: unknown): boolean {
  return error instanceof mongo.MongoError && error.hasErrorLabel('TransientTransactionError');
}

refuseOtherMethods('session', Session.prototype, mongo.ClientSession.prototype);
