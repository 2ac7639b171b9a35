import { decodeExact, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { CollectionEntry } from '../storage/catalog.ts';
import { evaluate } from '../aggregation/expressions.ts';
import { compileFilter } from './matcher.ts';
import type { Matcher } from './matcher.ts';
import { plan } from './planner.ts';
import type { Plan } from './planner.ts';
import { reportSearch } from './report-search.ts';
import type { Row } from '../storage/rows.ts';
import { sortDocuments } from './sort-order.ts';
import type { SortSpec } from './sort-order.ts';
import { walkPlan } from './walk-plan.ts';
import type { ReadSource } from '../storage/writer.ts';

export type FindRequest = {
  readonly filter: Document;
  readonly sort?: SortSpec;
  readonly skip?: number;
  /** Zero or nothing: all. */
  readonly limit?: number;
  readonly hint?: unknown;
  readonly decode: (bytes: Uint8Array) => Document;
};

/** What a search did, for `explain`. */
export type FindStats = { plan?: Plan; documentsRead: number };

/**
 * Yields the documents that match, in order. Reads in pages, so that a consumer who stops early has
 * read little, and no statement stays open in between.
 *
 * @param request its filter went through `normalise`
 */
export function* findDocuments(
  source: ReadSource,
  collection: CollectionEntry | undefined,
  request: FindRequest,
  stats: FindStats = { documentsRead: 0 },
): Generator<Row> {
  // Compiled first: a wrong filter is an error on an empty collection too.
  const matches = compileFilter(request.filter, evaluate);
  if (collection === undefined) return;
  const sort = request.sort ?? [];
  const chosen = plan(collection, request.filter, sort, request.hint);
  stats.plan = chosen;
  reportSearch(source, collection, request, chosen);
  const isSorted = sort.length === 0 || (chosen.kind === 'index' && chosen.isSorted);
  const wanted = request.limit ? (request.skip ?? 0) + request.limit : Infinity;
  const found = matching(
    walkPlan(source, collection, chosen, isSorted ? wanted : Infinity),
    matches,
    request,
    stats,
  );
  yield* slice(isSorted ? found : sortDocuments([...found], sort, (row) => row.document), request);
}

/** Counts the documents that match; all of them without reading any. */
export function countDocuments(
  source: ReadSource,
  collection: CollectionEntry | undefined,
  request: FindRequest,
): number {
  const isPlain =
    Object.keys(request.filter).length === 0 && !request.skip && !request.limit && !request.hint;
  if (isPlain && collection !== undefined) {
    reportSearch(source, collection, request, { kind: 'scan' });
    const row = source.db.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${collection.table}`).get();
    return row?.n ?? 0;
  }
  let count = 0;
  for (const _ of findDocuments(source, collection, { ...request, sort: [] })) count += 1;
  return count;
}

function* matching(
  rows: Iterable<{ rid: number; bytes: Uint8Array }>,
  matches: Matcher,
  request: FindRequest,
  stats: FindStats,
): Generator<Row> {
  // Only an exact document still knows an int from a double.
  const needsExact = mentionsType(request.filter);
  for (const { rid, bytes } of rows) {
    stats.documentsRead += 1;
    if (needsExact && !matches(decodeExact(bytes))) continue;
    const document = request.decode(bytes);
    if (needsExact || matches(document)) yield { rid, document, bytes };
  }
}

function mentionsType(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mentionsType);
  if (!isDocument(value)) return false;
  return Object.entries(value).some(([key, inner]) => key === '$type' || mentionsType(inner));
}

function* slice(rows: Iterable<Row>, { skip = 0, limit = 0 }: FindRequest): Generator<Row> {
  let seen = 0;
  for (const row of rows) {
    seen += 1;
    if (seen <= skip) continue;
    yield row;
    if (limit > 0 && seen >= skip + limit) return;
  }
}
