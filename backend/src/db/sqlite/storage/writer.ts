import type { Database, SQLQueryBindings } from 'bun:sqlite';
import type { Catalog, CollectionEntry } from './catalog.ts';

/** Where documents are read from: a connection, and the collections that it can see. */
export type ReadSource = { readonly db: Database; readonly catalog: Catalog };

type Statement = { readonly sql: string; readonly bindings: readonly SQLQueryBindings[] };

/** The one connection that writes. Everything in here happens inside a transaction that the queue opened. */
export class Writer implements ReadSource {
  readonly db: Database;
  readonly databaseName: string;
  catalog: Catalog;
  #recording: Statement[] | undefined;

  constructor(db: Database, databaseName: string, catalog: Catalog) {
    this.db = db;
    this.databaseName = databaseName;
    this.catalog = catalog;
  }

  run(sql: string, ...bindings: SQLQueryBindings[]): { changes: number; lastInsertRowid: number | bigint } {
    const result = this.db.query(sql).run(...bindings);
    this.#recording?.push({ sql, bindings });
    return result;
  }

  /** From here on keeps what was run, for `replay`. */
  record(): void {
    this.#recording = [];
  }

  /** Ends the recording and gives it out. */
  takeRecording(): readonly Statement[] {
    const taken = this.#recording ?? [];
    this.#recording = undefined;
    return taken;
  }

  /** Runs recorded statements again, on the same state as the first time. */
  replay(statements: readonly Statement[]): void {
    for (const { sql, bindings } of statements) this.db.query(sql).run(...bindings);
  }

  /** Does all of `work` or, when it throws, nothing. */
  atomically<T>(work: () => T): T {
    const before = this.catalog;
    this.run('SAVEPOINT step');
    try {
      const result = work();
      this.run('RELEASE step');
      return result;
    } catch (error) {
      this.catalog = before;
      // A full disk may have rolled everything back already.
      if (this.db.inTransaction) {
        this.run('ROLLBACK TO step');
        this.run('RELEASE step');
      }
      throw error;
    }
  }

  /** Puts a changed entry into the catalogue, or takes one out. */
  setEntry(name: string, entry: CollectionEntry | undefined): void {
    const next = new Map(this.catalog);
    if (entry === undefined) next.delete(name);
    else next.set(name, entry);
    this.catalog = next;
  }

  namespace(collection: string): string {
    return `${this.databaseName}.${collection}`;
  }
}
