import { fromSqlite } from '../driver/errors.ts';
import { OpenTransaction } from './open-transaction.ts';
import type { Writer } from './writer.ts';
import type { Catalog } from './catalog.ts';

type Outcome = { readonly confirm: () => void; readonly reject: (error: unknown) => void };
type WriteJob = {
  readonly kind: 'write';
  readonly run: () => Outcome;
  readonly reject: (error: unknown) => void;
};
type TransactionJob = {
  readonly kind: 'transaction';
  readonly timeLimit: number;
  readonly grant: (transaction: OpenTransaction) => void;
  readonly reject: (error: unknown) => void;
};

export type QueueLimits = {
  /** How many writes share one commit at most. */
  readonly groupSize: number;
  /** After how many milliseconds a group takes no more writes. */
  readonly groupTime: number;
  /** After how many milliseconds an open transaction is aborted. */
  readonly transactionTime: number;
};

export const DEFAULT_LIMITS: QueueLimits = { groupSize: 256, groupTime: 12, transactionTime: 60_000 };

/**
 * Gives out the one writing connection, one after the other. What waits together is committed
 * together: each write or transaction in a savepoint of its own, all in one durable COMMIT, and every
 * promise settles only after that.
 */
export class WriteQueue {
  readonly #writer: Writer;
  readonly #limits: QueueLimits;
  readonly #onCommit: (catalog: Catalog) => void;
  readonly #jobs: (WriteJob | TransactionJob)[] = [];
  #committed: Catalog;
  #pause: (() => Promise<void>) | undefined;
  #draining: Promise<void> | undefined;

  constructor(writer: Writer, limits: QueueLimits, onCommit: (catalog: Catalog) => void) {
    this.#writer = writer;
    this.#limits = limits;
    this.#onCommit = onCommit;
    this.#committed = writer.catalog;
  }

  /** Does `work` alone with the writer; resolves when it is on the disk. */
  write<T>(work: (writer: Writer) => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const run = (): Outcome => {
      const value = this.#writer.atomically(() => work(this.#writer));
      return { confirm: () => resolve(value), reject };
    };
    this.#add({ kind: 'write', run, reject });
    return promise;
  }

  /**
   * Waits for the writer, and keeps it until the transaction is committed or aborted.
   *
   * @param timeLimit milliseconds after which it is aborted
   */
  begin(timeLimit = this.#limits.transactionTime): Promise<OpenTransaction> {
    const { promise, resolve, reject } = Promise.withResolvers<OpenTransaction>();
    this.#add({ kind: 'transaction', timeLimit, grant: resolve, reject });
    return promise;
  }

  /** Does `work` between two groups: nobody writes until it has resolved. */
  pause(work: () => Promise<void>): void {
    this.#pause = work;
    this.#draining ??= this.#drain();
  }

  /** Resolves when nothing is waiting or open any more. */
  async idle(): Promise<void> {
    while (this.#draining !== undefined) await this.#draining;
  }

  #add(job: WriteJob | TransactionJob): void {
    this.#jobs.push(job);
    this.#draining ??= this.#drain();
  }

  async #drain(): Promise<void> {
    try {
      do {
        // What else this turn of the event loop brings belongs into the same commit, and nothing else waits for long.
        await new Promise((resolve) => setImmediate(resolve));
        const pause = this.#pause;
        this.#pause = undefined;
        await (pause === undefined ? this.#group() : pause());
      } while (this.#jobs.length > 0 || this.#pause !== undefined);
    } finally {
      this.#draining = undefined;
    }
  }

  async #group(): Promise<void> {
    const outcomes: Outcome[] = [];
    try {
      this.#writer.run('BEGIN IMMEDIATE');
    } catch (error) {
      // Whoever was first must not wait for ever.
      this.#jobs.shift()?.reject(fromSqlite(error));
      return;
    }
    try {
      await this.#fill(outcomes);
      this.#commit(outcomes);
    } catch (error) {
      this.#lose(outcomes, error);
    }
  }

  #commit(outcomes: readonly Outcome[]): void {
    this.#writer.run('COMMIT');
    this.#committed = this.#writer.catalog;
    this.#onCommit(this.#committed);
    for (const outcome of outcomes) outcome.confirm();
  }

  async #fill(outcomes: Outcome[]): Promise<void> {
    const end = performance.now() + this.#limits.groupTime;
    for (let count = 0; count < this.#limits.groupSize; count++) {
      const job = this.#jobs.shift();
      if (job === undefined) return;
      if (job.kind === 'write') this.#runWrite(job, outcomes);
      else await this.#runTransaction(job, outcomes);
      if (performance.now() >= end) return;
    }
  }

  #runWrite(job: WriteJob, outcomes: Outcome[]): void {
    try {
      outcomes.push(job.run());
    } catch (error) {
      const refuse = (): void => job.reject(fromSqlite(error));
      outcomes.push({ confirm: refuse, reject: refuse });
      if (!this.#writer.db.inTransaction) throw error;
    }
  }

  async #runTransaction(job: TransactionJob, outcomes: Outcome[]): Promise<void> {
    const transaction = this.#open(job);
    // A slow transaction must not hold back the acknowledgement of what was written before it.
    const timer = setTimeout(() => this.#commitBefore(transaction, outcomes), this.#limits.groupTime);
    job.grant(transaction);
    const ending = await transaction.ended;
    clearTimeout(timer);
    if (ending.kind === 'lost') throw ending.error;
    outcomes.push(ending);
  }

  #open(job: TransactionJob): OpenTransaction {
    try {
      return new OpenTransaction(this.#writer, job.timeLimit);
    } catch (error) {
      job.reject(fromSqlite(error));
      throw error;
    }
  }

  #commitBefore(transaction: OpenTransaction, outcomes: Outcome[]): void {
    if (!transaction.isOpen) return;
    if (outcomes.length === 0) {
      transaction.stopRecording();
      return;
    }
    const finished = outcomes.splice(0);
    transaction.stepAside(() => {
      try {
        this.#commit(finished);
      } catch (error) {
        this.#lose(finished, error);
        throw error;
      }
    });
  }

  /** Nothing of the group is stored: everybody in it hears so, and the next group starts afresh. */
  #lose(outcomes: Outcome[], error: unknown): void {
    const reason = fromSqlite(error);
    try {
      if (this.#writer.db.inTransaction) this.#writer.run('ROLLBACK');
    } finally {
      this.#writer.catalog = this.#committed;
      for (const outcome of outcomes) outcome.reject(reason);
    }
  }
}
