import { decodeDocument, decodeExact } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { CollectionEntry } from '../storage/catalog.ts';
import { parseCollation } from '../values/collation.ts';
import { compileExpr } from '../aggregation/expression.ts';
import { ReadMeter } from '../reads/read-meter.ts';
import { matchRows, rowMaker, rowTest, withPhrases } from './match-rows.ts';
import { countByIndex } from './count-by-index.ts';
import { compileFilter } from './matcher.ts';
import { mergeSorted } from './merge-sorted.ts';
import { plan } from './planner.ts';
import type { Plan } from './planner.ts';
import { reportSearch } from './report-search.ts';
import { Row } from '../storage/row.ts';
import { sortRows } from './sort-rows.ts';
import { sorting } from './sort-order.ts';
import type { SortSpec } from './sort-order.ts';
import { takeText } from './text-search.ts';
import { oneDocument, readOne } from './unique-key.ts';
import type { OnePlan } from './unique-key.ts';
import { walkPlan } from './walk-plan.ts';
import type { ReadSource } from '../storage/writer.ts';

export type FindRequest = {
  readonly filter: Document;
  readonly sort?: SortSpec;
  readonly skip?: number;
  /** Zero or nothing: all. */
  readonly limit?: number;
  readonly hint?: unknown;
  /** The `collation` option as it was given. */
  readonly collation?: unknown;
  /** What `let` gave, by name. */
  readonly variables?: Document | undefined;
  /** Keep every number in its BSON class, to write the document back. */
  readonly isExact?: boolean;
};

/**
 * The documents that match, in order. Reads in pages, so that a consumer who stops early has
 * read little, and no statement stays open in between.
 *
 * @param request its filter went through `normalise`
 * @param meter counts what was read, and may end the search
 */
export function findDocuments(
  source: ReadSource,
  collection: CollectionEntry | undefined,
  request: FindRequest,
  meter: ReadMeter = new ReadMeter(),
): IterableIterator<Row> {
  const collation = parseCollation(request.collation);
  const { text, rest: filter } = takeText(request.filter);
  const isFree = text === undefined && collation === undefined && (request.hint ?? null) === null;
  const one = isFree && collection !== undefined ? oneDocument(collection, filter) : undefined;
  if (collection !== undefined && one?.isAll === true)
    return rowsAtKey(source, collection, one, request, meter);
  // Compiled before the search: a wrong filter is an error on an empty collection too.
  const matches = compileFilter(filter, compileExpr(request.variables), collation);
  if (collection === undefined) return [].values();
  const test = rowTest(filter, matches);
  if (one !== undefined) return rowsAtKey(source, collection, one, request, meter, test);
  const sort = request.sort ?? [];
  const chosen = plan(collection, { filter, text, sort, hint: request.hint, collation });
  meter.plan ??= chosen;
  reportSearch(source, collection, request, chosen);
  // Weighing the words is one call of SQLite, however long it takes.
  if (chosen.kind === 'text' && isLarge(source, collection)) meter.requireUnlimited();
  const isSorted = sort.length === 0 || (chosen.kind !== 'scan' && chosen.isSorted);
  const wanted = request.limit ? (request.skip ?? 0) + request.limit : Infinity;
  const rowOf = rowMaker(chosen, decoderOf(request));
  const hasAll = withPhrases(test, chosen);
  const follow = (walk: Plan): Generator<Row> =>
    matchRows(walkPlan(source, collection, walk, isSorted ? wanted : Infinity), meter, hasAll, rowOf);
  const order = sorting(sort, collation);
  if (chosen.kind === 'union' && isSorted && sort.length > 0) {
    return slice(mergeSorted(chosen.plans.map(follow), order), request);
  }
  const found = follow(chosen);
  return slice(isSorted ? found : sortRows(source, collection, found, order, wanted, rowOf), request);
}

/** What a unique key finds, without the generators that many rows are worth. */
function rowsAtKey(
  source: ReadSource,
  collection: CollectionEntry,
  one: OnePlan,
  request: FindRequest,
  meter: ReadMeter,
  test?: (row: Row) => boolean,
): IterableIterator<Row> {
  meter.plan ??= one;
  reportSearch(source, collection, request, one);
  const found = readOne(source, one);
  if (found === undefined) return [].values();
  meter.count();
  const row = new Row(found.rid, found.bytes, decoderOf(request));
  const isWanted = (request.skip ?? 0) === 0 && (test === undefined || test(row));
  return (isWanted ? [row] : []).values();
}

function decoderOf({ isExact }: FindRequest): (bytes: Uint8Array) => Document {
  return isExact === true ? decodeExact : decodeDocument;
}

/** Counts the documents that match. */
export function countDocuments(
  source: ReadSource,
  collection: CollectionEntry | undefined,
  request: FindRequest,
  meter: ReadMeter = new ReadMeter(),
): number {
  const { filter, skip = 0, limit = 0, hint } = request;
  const isAll = Object.keys(filter).length === 0 && skip === 0 && limit === 0 && hint === undefined;
  if (isAll && collection !== undefined) return countAll(source, collection, request, meter);
  const counted = skip === 0 && limit === 0 ? countEntries(source, collection, request, meter) : undefined;
  if (counted !== undefined) return counted;
  let count = 0;
  for (const _ of findDocuments(source, collection, { ...request, sort: [] }, meter)) count += 1;
  return count;
}

/** Reads no document; SQLite counts some ten million entries a second. */
function countAll(
  source: ReadSource,
  collection: CollectionEntry,
  request: FindRequest,
  meter: ReadMeter,
): number {
  reportSearch(source, collection, request, { kind: 'scan' });
  if (isLarge(source, collection)) meter.requireUnlimited();
  return numberOf(source, `SELECT count(*) FROM ${collection.table}`);
}

/** Reads no document either, where an index has all that the filter asks for. */
function countEntries(
  source: ReadSource,
  collection: CollectionEntry | undefined,
  request: FindRequest,
  meter: ReadMeter,
): number | undefined {
  const { filter, hint, collation } = request;
  const isPlain = Object.keys(filter).every((path) => !path.startsWith('$'));
  if (collection === undefined || !isPlain || parseCollation(collation) !== undefined) return undefined;
  const chosen = plan(collection, { filter, sort: [], hint });
  const counted = countByIndex(source, collection, filter, chosen, LARGE);
  if (counted === undefined) return undefined;
  reportSearch(source, collection, request, chosen);
  if (counted < LARGE) return counted;
  meter.requireUnlimited();
  return countByIndex(source, collection, filter, chosen, Number.MAX_SAFE_INTEGER);
}

/** So many documents are counted, or their words weighed, in a few milliseconds. */
const LARGE = 20_000;

function isLarge(source: ReadSource, { table }: CollectionEntry): boolean {
  // The greatest place is never less than the count, and found at once.
  return numberOf(source, `SELECT max(rid) FROM ${table}`) > LARGE;
}

function numberOf(source: ReadSource, sql: string): number {
  return Number(source.db.query(sql).values()[0]?.[0] ?? 0);
}

function slice(rows: Generator<Row>, { skip = 0, limit = 0 }: FindRequest): Generator<Row> {
  return skip === 0 && limit === 0 ? rows : cut(rows, skip, limit);
}

function* cut(rows: Iterable<Row>, skip: number, limit: number): Generator<Row> {
  let seen = 0;
  for (const row of rows) {
    seen += 1;
    if (seen <= skip) continue;
    yield row;
    if (limit > 0 && seen >= skip + limit) return;
  }
}
