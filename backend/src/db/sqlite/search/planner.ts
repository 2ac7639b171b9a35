import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { prefixRange } from '../values/byte-range.ts';
import type { ByteRange } from '../values/byte-range.ts';
import type { CollectionEntry } from '../storage/catalog.ts';
import type { Collation } from '../values/collation.ts';
import { badValue } from '../driver/errors.ts';
import { conditionsOf } from './path-conditions.ts';
import type { PathConditions } from './path-conditions.ts';
import { isIndexComplete } from './index-coverage.ts';
import { indexWalk, ONE_DOCUMENT, SORT_ONLY } from './index-walk.ts';
import type { Candidate, ScoredWalk } from './index-walk.ts';
import type { SortSpec } from './sort-order.ts';
import { compileText } from './text-search.ts';
import type { TextSearch } from './text-search.ts';
import type { OnePlan } from './unique-key.ts';

/** A walk over one index: its ranges in order, backwards where `isReverse`. */
export type IndexWalk = {
  readonly kind: 'index';
  readonly name: string;
  readonly table: string;
  readonly keyColumn: 'k' | 'id';
  readonly isMultikey: boolean;
  readonly ranges: readonly ByteRange[];
  readonly isReverse: boolean;
  /** Whether documents come in the order that was asked for. */
  readonly isSorted: boolean;
};
/** What `$text` finds, with scores, in no order that a sort could use. */
export type TextPlan = {
  readonly kind: 'text';
  readonly name: string;
  readonly search: TextSearch;
  readonly isSorted: false;
};
export type Plan =
  | { readonly kind: 'scan'; readonly isReverse?: boolean }
  | IndexWalk
  | TextPlan
  /** Several walks that may meet the same document; where `isSorted`, each is, and they are merged. */
  | { readonly kind: 'union'; readonly plans: readonly IndexWalk[]; readonly isSorted: boolean };
/** How a search went; what a unique key finds is not planned at all. */
export type ChosenPlan = Plan | OnePlan;

/** What is looked for, and how. */
export type Search = {
  readonly filter: Document;
  /** The filter's `$text`, taken out of it. */
  readonly text?: unknown;
  readonly sort: SortSpec;
  /** The name or the keys of the index to use, or `$natural`. */
  readonly hint?: unknown;
  readonly collation?: Collation | undefined;
};

/** So many walks at once are still worth merging. */
const MAX_MERGED = 64;

/**
 * Chooses how to reach the documents that a filter can match. The plan only narrows: whoever follows
 * it still tests each document.
 *
 * @throws MongoServerError 2 for a hint at no index, or at a partial one that has not all that is looked for
 */
export function plan(collection: CollectionEntry, search: Search): Plan {
  if (search.text !== undefined) return textPlan(collection, search);
  const natural = isDocument(search.hint) ? search.hint['$natural'] : undefined;
  if (natural !== undefined) return { kind: 'scan', isReverse: Number(natural) < 0 };
  const candidates = candidatesOf(collection, search.hint);
  const [hinted] = (search.hint ?? null) === null ? [] : candidates;
  const best = bestWalk(candidates, search);
  const isNarrow = best !== undefined && best.score > SORT_ONLY;
  const union = isNarrow || !('$or' in search.filter) ? undefined : unionOf(candidates, search);
  if (union !== undefined) return union;
  if (best === undefined) return hinted === undefined ? { kind: 'scan' } : hintedWalk(hinted, search);
  return explode(best, search) ?? best.walk;
}

function textPlan(collection: CollectionEntry, { text, hint }: Search): Plan {
  if (hint !== undefined && hint !== null) throw badValue('a hint cannot be given with $text');
  const search = compileText(collection, text);
  return { kind: 'text', name: search.index.spec.name, search, isSorted: false };
}

function candidatesOf(collection: CollectionEntry, hint: unknown): readonly Candidate[] {
  const all = knownCandidates.get(collection) ?? listCandidates(collection);
  if (hint === undefined || hint === null) return all;
  const wanted = isDocument(hint) ? Object.entries(hint).flat().join('_') : String(hint);
  const named = all.filter(({ spec }) => spec.name === wanted || spec.fields.flat().join('_') === wanted);
  if (named.length === 0) throw badValue(`hint provided does not correspond to an existing index: ${wanted}`);
  return named;
}

/**
 * The index that a hint names, although nothing but the hint speaks for it: as in MongoDB what a sparse one leaves out is
 * not found then.
 */
function hintedWalk(candidate: Candidate, { filter, sort, collation }: Search): IndexWalk {
  const { spec, table, keyColumn, isMultikey } = candidate;
  const conditions = conditionsOf(filter);
  if (spec.partial !== undefined && !isIndexComplete(candidate, conditions, collation)) {
    throw badValue(`hint provided is a partial index without all that the filter finds: ${spec.name}`);
  }
  const isSorted = sort.length === 0;
  const ranges = [prefixRange(new Uint8Array())];
  const whole: IndexWalk = {
    kind: 'index',
    name: spec.name,
    table,
    keyColumn,
    isMultikey,
    ranges,
    isReverse: false,
    isSorted,
  };
  return indexWalk(candidate, conditions, sort, collation)?.walk ?? whole;
}

/** Entries never change: a collection whose indexes change gets another one. */
const knownCandidates = new WeakMap<CollectionEntry, readonly Candidate[]>();

function listCandidates(collection: CollectionEntry): readonly Candidate[] {
  const id: Candidate = {
    spec: { name: '_id_', fields: [['_id', 1]], unique: true, sparse: false, partial: undefined },
    table: collection.table,
    keyColumn: 'id',
    isMultikey: false,
    collation: undefined,
  };
  const walked = collection.indexes.filter(({ spec }) => spec.text === undefined);
  const listed = [id, ...walked.map((index): Candidate => ({ ...index, keyColumn: 'k' }))];
  knownCandidates.set(collection, listed);
  return listed;
}

function bestWalk(candidates: readonly Candidate[], search: Search): ScoredWalk | undefined {
  const conditions = conditionsOf(search.filter);
  let best: ScoredWalk | undefined;
  for (const candidate of candidates) {
    if (isIdle(candidate, conditions, search.sort)) continue;
    if (!isIndexComplete(candidate, conditions, search.collation)) continue;
    const found = indexWalk(candidate, conditions, search.sort, search.collation);
    if (found !== undefined && found.score > (best?.score ?? 0)) best = found;
    if (found !== undefined && found.score > ONE_DOCUMENT) break;
  }
  return best;
}

/** Whether an index can be of no use, which is quickly said of most. */
function isIdle({ spec }: Candidate, conditions: PathConditions, sort: SortSpec): boolean {
  const [first] = spec.fields;
  const isWhole = !spec.sparse && spec.partial === undefined;
  return isWhole && sort.length === 0 && first !== undefined && !conditions.has(first[0]);
}

/**
 * A walk for each branch of `$or`, where every branch has an index. What stands beside `$or` narrows
 * each branch. Sorted where each walk is.
 */
function unionOf(candidates: readonly Candidate[], search: Search): Plan | undefined {
  const { $or: branches, ...beside } = search.filter;
  if (!Array.isArray(branches)) return undefined;
  const walks = branches.map((branch) => {
    if (!isDocument(branch)) return undefined;
    const found = bestWalk(candidates, { ...search, filter: { $and: [beside, branch] } });
    return found !== undefined && found.score > SORT_ONLY ? found : undefined;
  });
  const found = walks.filter((walk) => walk !== undefined);
  if (found.length < branches.length || found.length === 0) return undefined;
  const merged = found.map((walk) => explode(walk, search) ?? walk.walk);
  const plans = merged.flatMap((one) =>
    one.kind === 'union' ? one.plans : one.kind === 'index' ? [one] : [],
  );
  const isSorted = plans.length <= MAX_MERGED && plans.every((walk) => walk.isSorted);
  return { kind: 'union', plans, isSorted };
}

/** `$in` before the sorted field: each value's range is in order, so they are merged, not sorted. */
function explode({ walk, isSortedByRange }: ScoredWalk, { sort }: Search): Plan | undefined {
  if (walk.isSorted || sort.length === 0 || isSortedByRange === undefined) return undefined;
  if (walk.ranges.length > MAX_MERGED) return undefined;
  const isReverse = isSortedByRange === -1;
  const plans = walk.ranges.map((range) => ({ ...walk, ranges: [range], isReverse, isSorted: true }));
  return { kind: 'union', plans, isSorted: true };
}
