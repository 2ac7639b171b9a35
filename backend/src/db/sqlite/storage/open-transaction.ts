import { fromSqlite, transient } from '../driver/errors.ts';
import type { Writer } from './writer.ts';

/** How a transaction ended, as the queue needs to know it. */
export type Ending =
  | { readonly kind: 'committed'; readonly confirm: () => void; readonly reject: (error: unknown) => void }
  | { readonly kind: 'aborted'; readonly confirm: () => void; readonly reject: () => void }
  | { readonly kind: 'lost'; readonly error: unknown };

/**
 * A transaction that holds the writer. A failed write ends it, as in MongoDB: whoever goes on with it,
 * or commits it, is told that it is gone and may be tried again.
 */
export class OpenTransaction {
  readonly ended: Promise<Ending>;
  readonly #writer: Writer;
  readonly #catalog: Writer['catalog'];
  readonly #end: (ending: Ending) => void;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #forgotten = Promise.withResolvers<void>();
  #isOpen = true;

  constructor(writer: Writer, timeLimit: number) {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    this.ended = promise;
    this.#end = resolve;
    this.#writer = writer;
    this.#catalog = writer.catalog;
    writer.run('SAVEPOINT session');
    writer.record();
    this.#timer = timeLimit === Infinity ? undefined : setTimeout(() => void this.abort(), timeLimit);
    this.#timer?.unref();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Does one operation inside the transaction. */
  run<T>(work: (writer: Writer) => T): T {
    this.#requireOpen();
    try {
      // No savepoint: what fails halfway takes the whole transaction with it.
      return work(this.#writer);
    } catch (error) {
      void this.abort(error);
      throw fromSqlite(error);
    }
  }

  /** Reads what the transaction sees; an error leaves it open. */
  read<T>(work: (writer: Writer) => T): T {
    this.#requireOpen();
    return work(this.#writer);
  }

  /** Resolves when the commit is on the disk. */
  commit(): Promise<void> {
    this.#requireOpen();
    this.#close();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    try {
      this.#writer.run('RELEASE session');
    } catch (error) {
      this.#lose(error);
      throw fromSqlite(error);
    }
    this.#end({ kind: 'committed', confirm: resolve, reject });
    return promise;
  }

  /**
   * Lets go of the enclosing SQLite transaction, so that what others wrote before this one can be
   * committed while this one takes its time; then does its own writes again. Nobody else writes in between.
   *
   * @param commitOthers commits the enclosing transaction, and throws where that fails
   */
  stepAside(commitOthers: () => void): void {
    const { catalog } = this.#writer;
    const statements = this.#writer.takeRecording();
    try {
      this.#writer.catalog = this.#catalog;
      this.#writer.run('ROLLBACK TO session');
      this.#writer.run('RELEASE session');
      commitOthers();
      this.#writer.run('BEGIN IMMEDIATE');
      this.#writer.run('SAVEPOINT session');
      this.#writer.replay(statements);
      this.#writer.catalog = catalog;
    } catch (error) {
      this.#close();
      this.#lose(error);
    }
  }

  /** Nothing stands before it, so it will not have to step aside. */
  stopRecording(): void {
    this.#writer.takeRecording();
  }

  /**
   * Takes everything back. Aborting twice is no error.
   *
   * @returns when what it saw of others in the same commit is on the disk, so that whoever was refused for it finds it
   */
  abort(reason?: unknown): Promise<void> {
    if (this.#isOpen) this.#takeBack(reason);
    return this.#forgotten.promise;
  }

  #takeBack(reason: unknown): void {
    this.#close();
    this.#writer.catalog = this.#catalog;
    if (!this.#writer.db.inTransaction) {
      this.#lose(reason);
      return;
    }
    try {
      this.#writer.run('ROLLBACK TO session');
      this.#writer.run('RELEASE session');
      const { resolve } = this.#forgotten;
      this.#end({ kind: 'aborted', confirm: resolve, reject: () => resolve() });
    } catch (error) {
      this.#lose(error);
    }
  }

  /** The enclosing SQLite transaction is gone, and with it everything that stood before this one. */
  #lose(error: unknown): void {
    this.#end({ kind: 'lost', error });
    this.#forgotten.resolve();
  }

  #close(): void {
    this.#isOpen = false;
    this.#writer.takeRecording();
    clearTimeout(this.#timer);
  }

  #requireOpen(): void {
    if (this.#isOpen) return;
    throw transient(
      251,
      'NoSuchTransaction',
      'The transaction was aborted, by an error or by its time limit',
    );
  }
}
