import type { Document } from '../values/bson.ts';
import { join, pointBytes, prefixRange, rangeOf } from '../values/byte-range.ts';
import type { ByteRange } from '../values/byte-range.ts';
import type { Collation } from '../values/collation.ts';
import { boundsFor } from './filter-bounds.ts';
import type { TextRule } from './filter-bounds.ts';
import type { PathConditions } from './path-conditions.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';
import type { IndexWalk } from './planner.ts';
import type { SortSpec } from './sort-order.ts';

/** An index that may be walked. */
export type Candidate = {
  readonly spec: Pick<IndexSpec, 'name' | 'fields' | 'unique' | 'sparse' | 'partial'>;
  readonly table: string;
  readonly keyColumn: 'k' | 'id';
  readonly isMultikey: boolean;
  readonly collation: Collation | undefined;
};

export type ScoredWalk = {
  readonly walk: IndexWalk;
  readonly score: number;
  /** Set where each of the ranges by itself is in the order that was asked for: forwards or backwards. */
  readonly isSortedByRange: 1 | -1 | undefined;
};

/** What an order alone is worth; walks that narrow are worth more. */
export const SORT_ONLY = 30;
const POINT = 100;
const RANGE = 50;
/** An index that leaves documents out is itself narrower than the collection. */
const SMALL_INDEX = 25;
const LOOSE = 20;
/** More than any that finds several. */
export const ONE_DOCUMENT = 1000;

/** A filter with so many combinations of `$in` is narrowed by its first fields only. */
const MAX_RANGES = 1000;

/** How one index could answer, and how much that narrows; undefined where it does not help. */
export function indexWalk(
  candidate: Candidate,
  conditions: PathConditions,
  sort: SortSpec,
  collation: Collation | undefined,
): ScoredWalk | undefined {
  const { fields, unique, sparse, partial } = candidate.spec;
  const { prefixes, ranges, points, fixed, isLoose } = narrow(candidate, conditions, collation);
  // Only bytes that sort as the search does give its order.
  const isByBytes = candidate.collation === undefined && collation === undefined;
  const isOrdered = !candidate.isMultikey && (isByBytes || fixed === fields.length);
  const order = isOrdered ? sortDirection(fields, fixed, sort) : undefined;
  const byRange = isOrdered && points > fixed ? sortDirection(fields, points, sort) : undefined;
  const score =
    points * POINT +
    (ranges === undefined ? 0 : isLoose && points === 0 ? LOOSE : RANGE) +
    (order === undefined ? 0 : SORT_ONLY) +
    (byRange === undefined || order !== undefined ? 0 : SORT_ONLY) +
    (sparse || partial !== undefined ? SMALL_INDEX : 0);
  if (score === 0) return undefined;
  const found = (ranges ?? prefixes.map(prefixRange)).sort((a, b) => Buffer.compare(a.low, b.low));
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
  const isOneDocument = unique && points === fields.length;
  return { walk, score: score + (isOneDocument ? ONE_DOCUMENT : 0), isSortedByRange: byRange };
}

type Narrowed = {
  readonly prefixes: Uint8Array[];
  /** Behind the points, what the next field is narrowed to. */
  readonly ranges: ByteRange[] | undefined;
  /** How many fields are points, and how many of the first are one point each. */
  readonly points: number;
  readonly fixed: number;
  readonly isLoose: boolean;
};

/** Goes through the index's fields: points as long as there are, then at most one range. */
function narrow(
  candidate: Candidate,
  conditions: PathConditions,
  collation: Collation | undefined,
): Narrowed {
  const text = textRule(candidate.collation, collation);
  let prefixes: Uint8Array[] = [new Uint8Array()];
  let points = 0;
  let fixed = 0;
  const elements = new Map<string, Document | undefined>();
  for (const [path, direction] of candidate.spec.fields) {
    const root = path.split('.')[0] ?? path;
    let known = conditions.get(path) ?? [];
    // Two paths through one array may be met by two of its elements, which have two keys.
    if (candidate.isMultikey && elements.has(root)) {
      const element = elements.get(root);
      known = known.filter((condition) => element !== undefined && condition.element === element);
    }
    const bounds = boundsFor(known, candidate.isMultikey, text);
    if (bounds === undefined || prefixes.length * bounds.intervals.length > MAX_RANGES) break;
    elements.set(root, bounds.element);
    const { intervals } = bounds;
    const isDescending = direction === -1;
    if (!intervals.every((interval) => interval.isPoint)) {
      const ranges = prefixes.flatMap((prefix) =>
        intervals.map((interval) => rangeOf(prefix, interval, isDescending)),
      );
      return { prefixes, ranges, points, fixed, isLoose: bounds.isLoose };
    }
    prefixes = prefixes.flatMap((prefix) =>
      intervals.map((interval) => join(prefix, pointBytes(interval, isDescending))),
    );
    if (intervals.length === 1 && fixed === points) fixed += 1;
    points += 1;
  }
  return { prefixes, ranges: undefined, points, fixed, isLoose: false };
}

function textRule(index: Collation | undefined, search: Collation | undefined): TextRule {
  const isSame = index === search;
  return {
    keyOf: index?.keyOf,
    hasPoints: isSame,
    isInByteOrder: isSame && index === undefined,
  };
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
