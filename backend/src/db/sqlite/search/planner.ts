import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { join, pointBytes, prefixRange, rangeOf } from '../values/byte-range.ts';
import type { ByteRange } from '../values/byte-range.ts';
import type { CollectionEntry } from '../storage/catalog.ts';
import { badValue } from '../driver/errors.ts';
import { collectConditions, intervalsFor } from './filter-bounds.ts';
import type { Conditions } from './filter-bounds.ts';
import { isIndexComplete } from './index-coverage.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';
import type { SortSpec } from './sort-order.ts';

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
export type Plan =
  | { readonly kind: 'scan' }
  | IndexWalk
  | { readonly kind: 'union'; readonly plans: IndexWalk[] };

type Candidate = {
  readonly spec: Pick<IndexSpec, 'name' | 'fields' | 'unique' | 'sparse' | 'partial'>;
  readonly table: string;
  readonly keyColumn: 'k' | 'id';
  readonly isMultikey: boolean;
};

/** A filter with so many combinations of `$in` is narrowed by its first fields only. */
const MAX_RANGES = 1000;

/**
 * Chooses how to reach the documents that a filter can match. The plan only narrows: whoever follows
 * it still tests each document.
 *
 * @param hint the name or the keys of the index to use
 */
export function plan(collection: CollectionEntry, filter: Document, sort: SortSpec, hint?: unknown): Plan {
  const candidates = candidatesOf(collection, hint);
  const best = bestWalk(candidates, filter, sort);
  if (best !== undefined && (best.score > SORT_ONLY || !('$or' in filter))) return best.walk;
  return unionOf(candidates, filter) ?? best?.walk ?? { kind: 'scan' };
}

const SORT_ONLY = 30;

function candidatesOf(collection: CollectionEntry, hint: unknown): Candidate[] {
  const id: Candidate = {
    spec: { name: '_id_', fields: [['_id', 1]], unique: true, sparse: false, partial: undefined },
    table: collection.table,
    keyColumn: 'id',
    isMultikey: false,
  };
  const all = [id, ...collection.indexes.map((index): Candidate => ({ ...index, keyColumn: 'k' }))];
  if (hint === undefined || hint === null) return all;
  const wanted = isDocument(hint) ? Object.entries(hint).flat().join('_') : String(hint);
  const named = all.filter(({ spec }) => spec.name === wanted || spec.fields.flat().join('_') === wanted);
  if (named.length === 0) throw badValue(`hint provided does not correspond to an existing index: ${wanted}`);
  return named;
}

function bestWalk(
  candidates: readonly Candidate[],
  filter: Document,
  sort: SortSpec,
): { walk: IndexWalk; score: number } | undefined {
  const conditions = collectConditions(filter);
  let best: { walk: IndexWalk; score: number } | undefined;
  for (const candidate of candidates) {
    if (!isIndexComplete(candidate.spec, conditions)) continue;
    const found = walkOf(candidate, conditions, sort);
    if (found !== undefined && found.score > (best?.score ?? 0)) best = found;
  }
  return best;
}

function walkOf(
  candidate: Candidate,
  conditions: Conditions,
  sort: SortSpec,
): { walk: IndexWalk; score: number } | undefined {
  const { fields } = candidate.spec;
  let prefixes: Uint8Array[] = [new Uint8Array()];
  let ranges: ByteRange[] | undefined;
  let points = 0;
  let fixed = 0;
  const roots = new Set<string>();
  for (const [path, direction] of fields) {
    const root = path.split('.')[0] ?? path;
    // Two paths through one array may be met by two of its elements, which have two keys.
    if (candidate.isMultikey && roots.has(root)) break;
    roots.add(root);
    const intervals = intervalsFor(conditions.get(path) ?? [], candidate.isMultikey);
    if (intervals === undefined || prefixes.length * intervals.length > MAX_RANGES) break;
    const isDescending = direction === -1;
    if (!intervals.every((interval) => interval.isPoint)) {
      ranges = prefixes.flatMap((prefix) =>
        intervals.map((interval) => rangeOf(prefix, interval, isDescending)),
      );
      break;
    }
    prefixes = prefixes.flatMap((prefix) =>
      intervals.map((interval) => join(prefix, pointBytes(interval, isDescending))),
    );
    if (intervals.length === 1 && fixed === points) fixed += 1;
    points += 1;
  }
  const order = candidate.isMultikey ? undefined : sortDirection(fields, fixed, sort);
  const score = points * 100 + (ranges === undefined ? 0 : 50) + (order === undefined ? 0 : SORT_ONLY);
  if (score === 0) return undefined;
  const found = (ranges ?? prefixes.map(prefixRange)).sort((a, b) => Buffer.compare(a.low, b.low));
  const bonus = candidate.spec.unique && points === fields.length ? 1000 : 0;
  const walk: IndexWalk = {
    kind: 'index',
    name: candidate.spec.name,
    table: candidate.table,
    keyColumn: candidate.keyColumn,
    isMultikey: candidate.isMultikey,
    ranges: found,
    isReverse: order === -1,
    isSorted: order !== undefined,
  };
  return { walk, score: score + bonus };
}

/** Whether an index gives a sort's order, forwards or backwards. Fields fixed by equality do not matter. */
function sortDirection(fields: IndexSpec['fields'], fixed: number, sort: SortSpec): 1 | -1 | undefined {
  const fixedPaths = new Set(fields.slice(0, fixed).map(([path]) => path));
  const wanted = sort.filter(([path]) => !fixedPaths.has(path));
  if (sort.length === 0) return undefined;
  const rest = fields.slice(fixed);
  let direction: 1 | -1 | undefined;
  for (const [at, [path, towards]] of wanted.entries()) {
    const field = rest[at];
    if (field === undefined || field[0] !== path) return undefined;
    const turn = field[1] === towards ? 1 : -1;
    if (direction !== undefined && direction !== turn) return undefined;
    direction = turn;
  }
  return direction ?? 1;
}

/** One walk for each branch of `$or`, where every branch has an index. */
function unionOf(candidates: readonly Candidate[], filter: Document): Plan | undefined {
  const branches = filter['$or'];
  if (!Array.isArray(branches)) return undefined;
  const walks = branches.map((branch) =>
    isDocument(branch) ? bestWalk(candidates, branch, [])?.walk : undefined,
  );
  const plans = walks.filter((walk) => walk !== undefined);
  return plans.length === branches.length && plans.length > 0 ? { kind: 'union', plans } : undefined;
}
