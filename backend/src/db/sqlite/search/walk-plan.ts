import type { SQLQueryBindings } from 'bun:sqlite';
import type { ByteRange } from '../values/byte-range.ts';
import type { CollectionEntry } from '../storage/catalog.ts';
import type { IndexWalk, Plan } from './planner.ts';
import { walkText } from './text-search.ts';
import type { ReadSource } from '../storage/writer.ts';

export type RawRow = { rid: number; bytes: Uint8Array };

const FIRST_PAGE = 64;
const LARGEST_PAGE = 1024;

/**
 * Follows a plan through the file, a page at a time; each page goes on after the last row of the one before.
 *
 * @param wanted how many rows will probably be used
 */
export function walkPlan(
  source: ReadSource,
  collection: CollectionEntry,
  plan: Plan,
  wanted: number,
): Generator<RawRow> {
  if (plan.kind === 'scan') return scan(source, collection, wanted, plan.isReverse === true);
  if (plan.kind === 'text') return walkText(source, collection, plan.search);
  if (plan.kind === 'index' && !plan.isMultikey) return walkIndex(source, collection, plan, wanted);
  return eachOnce(plan.kind === 'union' ? plan.plans : [plan], (walk) =>
    walkIndex(source, collection, walk, wanted),
  );
}

function* eachOnce(
  walks: readonly IndexWalk[],
  follow: (walk: IndexWalk) => Generator<RawRow>,
): Generator<RawRow> {
  const seen = new Set<number>();
  for (const walk of walks) {
    for (const row of follow(walk)) {
      if (seen.has(row.rid)) continue;
      seen.add(row.rid);
      yield row;
    }
  }
}

function* scan(
  source: ReadSource,
  collection: CollectionEntry,
  wanted: number,
  isReverse: boolean,
): Generator<RawRow> {
  const [towards, direction] = isReverse ? ['<', 'DESC'] : ['>', 'ASC'];
  const sql = `SELECT rid, doc FROM ${collection.table} WHERE rid ${towards} ? ORDER BY rid ${direction} LIMIT `;
  let after = isReverse ? Number.MAX_SAFE_INTEGER : -1;
  for (let size = firstPage(wanted); ; size = nextPage(size)) {
    const rows = source.db.query(sql + size).values(after) as [number, Uint8Array][];
    for (const [rid, bytes] of rows) {
      after = rid;
      yield { rid, bytes };
    }
    if (rows.length < size) return;
  }
}

function walkIndex(
  source: ReadSource,
  collection: CollectionEntry,
  walk: IndexWalk,
  wanted: number,
): Generator<RawRow> {
  const [only] = walk.ranges;
  // Nearly always there is one, and each generator around another takes its time for every row.
  return only !== undefined && walk.ranges.length === 1
    ? walkRange(source, collection, walk, only, wanted)
    : walkRanges(source, collection, walk, wanted);
}

function* walkRanges(
  source: ReadSource,
  collection: CollectionEntry,
  walk: IndexWalk,
  wanted: number,
): Generator<RawRow> {
  const ranges = walk.isReverse ? walk.ranges.toReversed() : walk.ranges;
  for (const range of ranges) yield* walkRange(source, collection, walk, range, wanted);
}

function* walkRange(
  source: ReadSource,
  collection: CollectionEntry,
  walk: IndexWalk,
  range: ByteRange,
  wanted: number,
): Generator<RawRow> {
  let last: [Uint8Array, number] | undefined;
  for (let size = firstPage(wanted); ; size = nextPage(size)) {
    const { sql, bindings } = pageQuery(collection, walk, range, last);
    const rows = source.db.query(sql + size).values(...bindings) as [Uint8Array, number, Uint8Array][];
    for (const [key, rid, bytes] of rows) {
      last = [key, rid];
      yield { rid, bytes };
    }
    if (rows.length < size) return;
  }
}

function pageQuery(
  collection: CollectionEntry,
  walk: IndexWalk,
  range: ByteRange,
  last: [Uint8Array, number] | undefined,
): { sql: string; bindings: SQLQueryBindings[] } {
  const key = `t.${walk.keyColumn}`;
  const direction = walk.isReverse ? 'DESC' : 'ASC';
  const conditions = [`${key} >= ?`];
  const bindings: SQLQueryBindings[] = [range.low];
  if (range.high !== undefined) {
    conditions.push(`${key} < ?`);
    bindings.push(range.high);
  }
  if (last !== undefined) {
    conditions.push(`(${key}, t.rid) ${walk.isReverse ? '<' : '>'} (?, ?)`);
    bindings.push(...last);
  }
  const isOwnTable = walk.table === collection.table;
  // CROSS JOIN keeps SQLite from walking the documents first.
  const from = isOwnTable
    ? `${walk.table} t`
    : `${walk.table} t CROSS JOIN ${collection.table} d ON d.rid = t.rid`;
  const document = isOwnTable ? 't.doc' : 'd.doc';
  const order = `${key} ${direction}, t.rid ${direction}`;
  const sql = `SELECT ${key}, t.rid, ${document} FROM ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT `;
  return { sql, bindings };
}

/** A power of two: the size stands in the SQL (SQLite plans a bound LIMIT anew each time), so there must be few. */
function firstPage(wanted: number): number {
  return wanted >= FIRST_PAGE ? FIRST_PAGE : 2 ** Math.ceil(Math.log2(Math.max(wanted, 1)));
}

function nextPage(size: number): number {
  return Math.min(Math.max(size, FIRST_PAGE) * 4, LARGEST_PAGE);
}
