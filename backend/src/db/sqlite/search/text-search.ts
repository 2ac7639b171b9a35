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

const FIRST_PAGE = 256;
const PAGE_GROWTH = 16;

/** Takes `$text` out of a filter, from its top level or out of `$and`. */
export function takeText(filter: Document): { text: unknown; rest: Document } {
  if (!('$text' in filter) && !('$and' in filter)) return { text: undefined, rest: filter };
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

/** The rows in which the words are found, in the order of their insertion. */
export function* walkText(
  source: ReadSource,
  collection: CollectionEntry,
  search: TextSearch,
): Generator<RawRow> {
  const { match } = search.query;
  if (match === undefined) return;
  const documents = source.db.query(`SELECT doc FROM ${collection.table} WHERE rid = ?`);
  let after = -1;
  // Each page weighs the words anew, for which SQLite reads all their places: few pages are better.
  for (let size = FIRST_PAGE; ; size *= PAGE_GROWTH) {
    const found = scorePage(source, search, match, after, size);
    for (const rid of found) {
      after = rid;
      const [row] = documents.values(rid) as [Uint8Array][];
      if (row !== undefined) yield { rid, bytes: row[0] };
    }
    if (found.length < size) return;
  }
}

/** The next rows, their scores noted: first how many of the words they have, then SQLite's rank. */
function scorePage(
  source: ReadSource,
  { index: { table, spec }, query, scores }: TextSearch,
  match: string,
  after: number,
  size: number,
): number[] {
  const rank = `bm25(${[table, ...Object.values(spec.text?.weights ?? {})].join(', ')})`;
  const from = `FROM ${table} WHERE ${table} MATCH ? AND rowid > ?`;
  const found = source.db
    .query(`SELECT rowid, ${rank} ${from} ORDER BY rowid LIMIT ${size}`)
    .values(match, after) as [number, number][];
  // SQLite's is the less the better: from 0 downwards, here made one from 0 to 1.
  for (const [rid, low] of found) scores.set(rid, low / (low - 1));
  const last = found.at(-1)?.[0] ?? after;
  for (const word of query.words) {
    const having = source.db.query(`SELECT rowid ${from} AND rowid <= ?`).values(word, after, last);
    for (const [rid] of having as [number][]) {
      const score = scores.get(rid);
      if (score !== undefined) scores.set(rid, score + 1);
    }
  }
  return found.map(([rid]) => rid);
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
