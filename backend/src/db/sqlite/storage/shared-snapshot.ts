import type { Database } from 'bun:sqlite';

/**
 * Reads that come together share one read transaction: to begin and end one takes as long as to find a
 * document. It ends with the turn of the event loop, and before anything is written, so that the next read sees
 * what was committed and the log may start again.
 */
export class SharedSnapshot {
  readonly #db: Database;
  #isOpen = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The connection, in a transaction that sees what is committed now. */
  open(): Database {
    if (this.#isOpen) return this.#db;
    this.#db.query('BEGIN').run();
    this.#isOpen = true;
    setImmediate(() => this.end());
    return this.#db;
  }

  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // A failed read may have ended it already.
    if (this.#db.inTransaction) this.#db.query('COMMIT').run();
  }
}
