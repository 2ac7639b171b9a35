import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { CollectionEntry, IndexEntry } from '../storage/catalog.ts';
import { badValue, serverError } from '../driver/errors.ts';
import { stringsOf, textIndexOf } from '../indexes/text-store.ts';
import type { TextSpec } from '../indexes/text-spec.ts';
import type { Matcher } from './matcher.ts';
import type { Row } from '../storage/row.ts';
import type { ReadSource } from '../storage/writer.ts';
import type { RawRow } from './walk-plan.ts';
import { foldText, parseTextQuery } from './text-query.ts';
import type { TextQuery } from './text-query.ts';

/** A `$text` search, ready to go. */
export type TextSearch = {
  readonly index: IndexEntry;
  readonly query: TextQuery;
  /** Whether a document that the words found has the phrases too. */
  readonly hasPhrases: Matcher;
  /** How well each row matches that was walked so far. */
  readonly scores: Map<number, number>;
};

const PAGE = 256;

/** Takes `$text` out of a filter, from its top level or out of `$and`. */
export function takeText(filter: Document): { text: unknown; rest: Document } {
  const { $text: own, ...others } = filter;
  const { $and: branches, ...beside } = others;
  const taken = Array.isArray(branches) && branches.every(isDocument) ? branches.map(takeText) : [];
  const found = [own, ...taken.map(({ text }) => text)].filter((text) => text !== undefined);
  if (found.length > 1) throw badValue('Too many text expressions');
  if (found.length === 0 || own !== undefined) return { text: own, rest: others };
  return { text: found[0], rest: { ...beside, $and: taken.map(({ rest }) => rest) } };
}

/**
 * Compiles what `takeText` took.
 *
 * @throws MongoServerError 27 where the collection has no text index
 */
export function compileText(collection: CollectionEntry, operand: unknown): TextSearch {
  const found = textIndexOf(collection.indexes);
  if (found === undefined) throw serverError(27, 'IndexNotFound', 'text index required for $text query');
  const query = parseTextQuery(operand, found.text);
  return { index: found.index, query, hasPhrases: phraseTest(query, found.text), scores: new Map() };
}

/** The rows in which the words are found, a page at a time, in the order of their insertion. */
export function* walkText(
  source: ReadSource,
  collection: CollectionEntry,
  { index, query, scores }: TextSearch,
): Generator<RawRow> {
  if (query.match === undefined) return;
  const weights = Object.values(index.spec.text?.weights ?? {});
  const { table } = index;
  const hasWord = `(SELECT count(*) FROM ${table} WHERE ${table} MATCH ? AND rowid = t.rid)`;
  const found = query.words.map(() => hasWord).join(' + ');
  const page = source.db.query(
    `SELECT t.rid, d.doc, t.rank, ${found} FROM (SELECT rowid AS rid, bm25(${[table, ...weights].join(', ')}) AS rank` +
      ` FROM ${table} WHERE ${table} MATCH ? AND rowid > ? ORDER BY rowid LIMIT ${PAGE}) t` +
      ` CROSS JOIN ${collection.table} d ON d.rid = t.rid ORDER BY t.rid`,
  );
  for (let after = -1; ;) {
    const rows = page.values(...query.words, query.match, after) as [number, Uint8Array, number, number][];
    for (const [rid, bytes, rank, words] of rows) {
      // More of the words first; then SQLite's rank, which is the less the better.
      scores.set(rid, words + rank / (rank - 1));
      yield { rid, bytes };
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.[0] ?? after;
  }
}

/** Whether one row still has the words and phrases. */
export function isTextAt(
  source: ReadSource,
  { index, query, hasPhrases }: TextSearch,
  { rid, document }: Row,
): boolean {
  if (query.match === undefined) return false;
  const sql = `SELECT 1 FROM ${index.table} WHERE ${index.table} MATCH ? AND rowid = ?`;
  return source.db.query(sql).values(query.match, rid).length > 0 && hasPhrases(document);
}

function phraseTest({ phrases, excludedPhrases }: TextQuery, text: TextSpec): Matcher {
  if (phrases.length === 0 && excludedPhrases.length === 0) return () => true;
  return (document) => {
    const texts = stringsOf(text, document).map(foldText);
    const has = (phrase: string): boolean => texts.some((one) => one.includes(phrase));
    return phrases.every(has) && !excludedPhrases.some(has);
  };
}
