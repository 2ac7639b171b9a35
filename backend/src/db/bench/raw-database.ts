import { Database } from 'bun:sqlite';
import type { Statement } from 'bun:sqlite';
import { loadCatalog } from '../sqlite/storage/catalog.ts';
import type { CollectionEntry } from '../sqlite/storage/catalog.ts';
import { decodeDocument, decodeExact, encodeDocument } from '../sqlite/values/bson.ts';
import type { Document } from '../sqlite/values/bson.ts';
import { encodeCompound, encodeKey } from '../sqlite/values/key-encoding.ts';
import { added, edit, target } from './operations.ts';
import type { Operation } from './operations.ts';
import { chatId } from './sample-messages.ts';
import { IN_FLIGHT } from './take-turns.ts';
import type { Side } from './take-turns.ts';

type Row = {
  readonly id: Uint8Array;
  readonly bytes: Uint8Array;
  readonly keys: readonly (readonly Uint8Array[])[];
};

/**
 * What a program would write by hand on bun:sqlite, on a copy of the driver's file: prepared statements
 * and the same rows in the same tables, 64 writes in a transaction. Documents and keys to be written are
 * bytes already, documents that are read are decoded.
 */
export class RawDatabase {
  readonly #db: Database;
  readonly #collection: CollectionEntry;
  readonly #documents: number;
  readonly #insertDocument: Statement;
  readonly #insertKeys: readonly Statement[];
  #added = 0;

  constructor(path: string, documents: number) {
    this.#db = new Database(path, { readwrite: true });
    this.#db.run('PRAGMA journal_mode = WAL');
    this.#db.run('PRAGMA synchronous = FULL');
    const collection = loadCatalog(this.#db).get('messages');
    if (collection === undefined) throw new Error(`${path} holds no messages`);
    this.#collection = collection;
    this.#documents = documents;
    this.#insertDocument = this.#db.prepare(`INSERT INTO ${collection.table} (id, doc) VALUES (?, ?)`);
    this.#insertKeys = collection.indexes.map(({ table }) =>
      this.#db.prepare(`INSERT INTO ${table} (k, rid) VALUES (?, ?)`),
    );
  }

  close(): void {
    this.#db.close();
  }

  sides(): Record<Operation, Side> {
    return {
      findOne: this.#findOne(),
      'page of 50 newest': this.#page(),
      insertOne: this.#insertOne(),
      findOneAndUpdate: this.#findOneAndUpdate(),
    };
  }

  #indexTable(...paths: string[]): string {
    const wanted = paths.join();
    const found = this.#collection.indexes.find(
      (index) => index.spec.fields.map(([path]) => path).join() === wanted,
    );
    if (found === undefined) throw new Error(`no index on ${wanted}`);
    return found.table;
  }

  #findOne(): Side {
    const find = this.#db.prepare<{ doc: Uint8Array }, [Uint8Array]>(
      `SELECT doc FROM ${this.#collection.table} WHERE rid = (SELECT rid FROM ${this.#indexTable('chatId', 'seq')} WHERE k = ?)`,
    );
    return this.#each((n) => {
      const { chat, seq } = target(n, this.#documents);
      const found = find.get(encodeCompound([chatId(chat), seq], [false, false]));
      if (found === null) throw new Error('a message is missing');
      decodeDocument(found.doc);
    });
  }

  #page(): Side {
    const find = this.#db.prepare<unknown, [Uint8Array, Uint8Array]>(
      `SELECT d.doc FROM ${this.#indexTable('chatId', 'seq')} t CROSS JOIN ${this.#collection.table} d ON d.rid = t.rid` +
        ' WHERE t.k >= ? AND t.k < ? ORDER BY t.k DESC LIMIT 50',
    );
    return this.#each((n) => {
      const low = encodeKey(chatId(target(n, this.#documents).chat));
      const high = Uint8Array.of(...low, 0xff);
      for (const [doc] of find.values(low, high) as [Uint8Array][]) decodeDocument(doc);
    });
  }

  #insertOne(): Side {
    let rows: Row[] = [];
    return {
      before: (count) => {
        rows = Array.from({ length: count }, () => this.#row(added(this.#added++, this.#documents)));
      },
      run: () => this.#inTransactions(rows.length, (n) => this.#insert(rows[n])),
      after: () => this.#removeNewest(rows),
    };
  }

  #findOneAndUpdate(): Side {
    const { table, indexes } = this.#collection;
    const find = this.#db.prepare<{ rid: number; doc: Uint8Array }, [Uint8Array]>(
      `SELECT d.rid, d.doc FROM ${this.#indexTable('chatId', 'seq')} t CROSS JOIN ${table} d ON d.rid = t.rid WHERE t.k = ?`,
    );
    const update = this.#db.prepare(`UPDATE ${table} SET doc = ? WHERE rid = ?`);
    const moved = this.#indexTable('chatId', 'changedRev');
    const keysOf = indexes.find((index) => index.table === moved)?.keysOf;
    const removeKey = this.#db.prepare(`DELETE FROM ${moved} WHERE k = ? AND rid = ?`);
    const addKey = this.#db.prepare(`INSERT INTO ${moved} (k, rid) VALUES (?, ?)`);
    let next = 0;
    const change = (): void => {
      const { chat, seq } = target(next, this.#documents);
      const found = find.get(encodeCompound([chatId(chat), seq], [false, false]));
      if (found === null) throw new Error('a message is missing');
      const before = decodeExact(found.doc);
      const after = { ...before, ...edit(next++) };
      update.run(encodeDocument(after), found.rid);
      for (const { bytes } of keysOf?.(before).keys ?? []) removeKey.run(bytes, found.rid);
      for (const { bytes } of keysOf?.(after).keys ?? []) addKey.run(bytes, found.rid);
    };
    return { run: (count) => this.#inTransactions(count, change) };
  }

  #each(operation: (n: number) => void): Side {
    let next = 0;
    return {
      run: (count) => {
        for (let at = 0; at < count; at++) operation(next++);
      },
    };
  }

  #inTransactions(count: number, operation: (n: number) => void): void {
    for (let from = 0; from < count; from += IN_FLIGHT) {
      this.#db.run('BEGIN IMMEDIATE');
      for (let n = from; n < Math.min(from + IN_FLIGHT, count); n++) operation(n);
      this.#db.run('COMMIT');
    }
  }

  #row(message: Document): Row {
    const bytes = encodeDocument(message);
    const exact = decodeExact(bytes);
    return {
      id: encodeKey(exact['_id']),
      bytes,
      keys: this.#collection.indexes.map((index) => index.keysOf(exact).keys.map((key) => key.bytes)),
    };
  }

  #insert(row: Row | undefined): void {
    if (row === undefined) return;
    const rid = Number(this.#insertDocument.run(row.id, row.bytes).lastInsertRowid);
    row.keys.forEach((keys, at) => {
      for (const key of keys) this.#insertKeys[at]?.run(key, rid);
    });
  }

  #removeNewest(rows: readonly Row[]): void {
    const { table, indexes } = this.#collection;
    this.#db.transaction(() => {
      for (const row of rows) {
        this.#db.query(`DELETE FROM ${table} WHERE id = ?`).run(row.id);
        row.keys.forEach((keys, at) => {
          for (const key of keys) this.#db.query(`DELETE FROM ${indexes[at]?.table} WHERE k = ?`).run(key);
        });
      }
    })();
  }
}
