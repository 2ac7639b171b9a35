import type { Database } from 'bun:sqlite';
import { describeIndex } from '../indexes/index-spec.ts';
import { loadCatalog } from '../storage/catalog.ts';
import type { Catalog } from '../storage/catalog.ts';
import { decodeDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { openFileToRead } from './open-file.ts';
import { sparingly } from './sparingly.ts';

/** What a collection holds. */
export type CollectionSummary = {
  readonly name: string;
  readonly count: number;
  /** As `listIndexes` shows them, without `_id_`. */
  readonly indexes: readonly Document[];
};

/** So many documents are held at a time. */
const PAGE = 200;

/**
 * One committed state of a file, which stays the same however long it is looked at and whatever a running program
 * writes meanwhile.
 *
 * @example
 * using snapshot = new Snapshot('/var/lib/app/app.sqlite');
 * for (const bytes of snapshot.documents('users')) console.log(bytes.length);
 */
export class Snapshot implements Disposable {
  readonly db: Database;
  readonly #catalog: Catalog;

  constructor(path: string) {
    this.db = openFileToRead(path);
    try {
      this.db.run('BEGIN');
      this.#catalog = loadCatalog(this.db);
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  collections(): CollectionSummary[] {
    return [...this.#catalog.values()].map(({ name, table, indexes }) => ({
      name,
      count: this.db.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0,
      indexes: indexes.map(({ spec }) => describeIndex(spec)),
    }));
  }

  /** The documents of a collection as BSON, by `_id`, without the first so many. */
  documents(name: string, skip = 0): Generator<Uint8Array> {
    return sparingly(this.#documents(name, skip));
  }

  *#documents(name: string, skip: number): Generator<Uint8Array> {
    const table = this.#catalog.get(name)?.table;
    if (table === undefined) return;
    let last = this.#idAt(table, skip - 1);
    if (last === undefined) return;
    const page = this.db.query<{ id: Uint8Array; doc: Uint8Array }, [Uint8Array]>(
      `SELECT id, doc FROM ${table} WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
    );
    for (;;) {
      const rows = page.all(last);
      for (const { doc } of rows) yield doc;
      const end = rows.at(-1);
      if (end === undefined || rows.length < PAGE) return;
      last = end.id;
    }
  }

  /** The key at a place; before the first one there is the empty key, behind the last one nothing. */
  #idAt(table: string, place: number): Uint8Array | undefined {
    if (place < 0) return new Uint8Array();
    const sql = `SELECT id FROM ${table} ORDER BY id LIMIT 1 OFFSET ?`;
    return this.db.query<{ id: Uint8Array }, [number]>(sql).get(place)?.id;
  }

  /** The documents of one index, in its order: one that holds no arrays gives each document once. */
  byIndex(name: string, indexName: string): Generator<Document> {
    return sparingly(this.#byIndex(name, indexName));
  }

  *#byIndex(name: string, indexName: string): Generator<Document> {
    const collection = this.#catalog.get(name);
    const index = collection?.indexes.find(({ spec }) => spec.name === indexName);
    if (collection === undefined || index === undefined) return;
    const page = this.db.query<{ k: Uint8Array; rid: number; doc: Uint8Array }, [Uint8Array, number]>(
      `SELECT i.k, i.rid, d.doc FROM ${index.table} i CROSS JOIN ${collection.table} d ON d.rid = i.rid` +
        ` WHERE (i.k, i.rid) > (?, ?) ORDER BY i.k, i.rid LIMIT ${PAGE}`,
    );
    let k: Uint8Array = new Uint8Array();
    let rid = 0;
    for (;;) {
      const rows = page.all(k, rid);
      for (const { doc } of rows) yield decodeDocument(doc);
      const end = rows.at(-1);
      if (end === undefined || rows.length < PAGE) return;
      ({ k, rid } = end);
    }
  }

  [Symbol.dispose](): void {
    this.db.close();
  }
}
