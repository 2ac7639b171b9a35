import { Database } from 'bun:sqlite';
import { insertInto, textsOf, wordsOf } from '../indexes/text-store.ts';
import type { TextSpec } from '../indexes/text-spec.ts';
import type { IndexEntry } from '../storage/catalog.ts';
import type { IndexAudit } from './check-index.ts';
import { showId } from './show-id.ts';
import { sparingly } from './sparingly.ts';

/** So many documents are cut into words at a time. */
const TOGETHER = 1_000;
/** Sums stay below what a number holds exactly. */
const MODULUS = 2 ** 52;

/**
 * A text index has an entry for each document that has text, and no others; and all its words, each with its document
 * and its place there, add up to the same as the documents' cut into words anew.
 */
export function auditText(db: Database, index: IndexEntry, text: TextSpec): IndexAudit {
  const has = db.query(`SELECT 1 FROM ${index.table}_docsize WHERE id = ?`);
  const words = new Words(db, index.table, text);
  let expected = 0;
  let missing = 0;
  let firstMissing = '';
  return {
    see(rid, document) {
      const texts = textsOf(text, document);
      if (texts.every((found) => found === '')) return;
      expected += 1;
      words.add(rid, texts);
      if (has.values(rid).length > 0) return;
      missing += 1;
      firstMissing ||= showId(document);
    },
    finish() {
      const [row] = db.query(`SELECT count(*) FROM ${index.table}_docsize`).values();
      const extra = Number(row?.[0]) - (expected - missing);
      const agree = words.agree();
      const wrongs = [
        ...(missing > 0 ? [`lacks ${missing} of ${expected} documents (first of ${firstMissing})`] : []),
        ...(extra > 0 ? [`holds ${extra} documents that are gone or have no text`] : []),
      ];
      if (wrongs.length === 0 && !agree) wrongs.push('holds other words than the documents');
      return wrongs.length === 0 ? undefined : wrongs.join(', ');
    },
  };
}

/** The words of an index beside those of its documents, which are cut into words in a database of their own, in memory. */
class Words {
  readonly #db: Database;
  readonly #table: string;
  readonly #scratch = new Database(':memory:');
  readonly #insert: string;
  #waiting: [rid: number, texts: readonly string[]][] = [];
  #sum = 0;

  constructor(db: Database, table: string, text: TextSpec) {
    this.#db = db;
    this.#table = table;
    this.#insert = insertInto('words', text);
    this.#scratch.run(`CREATE VIRTUAL TABLE words USING fts5(${wordsOf(text)})`);
    this.#scratch.run('CREATE VIRTUAL TABLE seen USING fts5vocab(words, instance)');
  }

  add(rid: number, texts: readonly string[]): void {
    this.#waiting.push([rid, texts]);
    if (this.#waiting.length >= TOGETHER) this.#count();
  }

  /** Whether they are the same, as far as sums of 52 bits tell. */
  agree(): boolean {
    this.#count();
    this.#scratch.close();
    const seen = `temp.${this.#table}_seen`;
    this.#db.run(`CREATE VIRTUAL TABLE ${seen} USING fts5vocab(main, ${this.#table}, instance)`);
    const isSame = this.#sum === sumOf(this.#db, seen);
    this.#db.run(`DROP TABLE ${seen}`);
    return isSame;
  }

  #count(): void {
    const insert = this.#scratch.prepare(this.#insert);
    for (const [rid, texts] of this.#waiting) insert.run(rid, ...texts);
    insert.finalize();
    this.#waiting = [];
    this.#sum = (this.#sum + sumOf(this.#scratch, 'seen')) % MODULUS;
    this.#scratch.run("INSERT INTO words (words) VALUES ('delete-all')");
  }
}

/** Of all words with their documents and places, in whatever order. */
function sumOf(db: Database, seen: string): number {
  const rows = db.prepare<{ word: string }, []>(
    `SELECT term || char(0) || doc || char(0) || col || char(0) || offset AS word FROM ${seen}`,
  );
  let sum = 0;
  for (const { word } of sparingly(rows.iterate())) sum = (sum + Bun.hash.xxHash32(word)) % MODULUS;
  rows.finalize();
  return sum;
}
