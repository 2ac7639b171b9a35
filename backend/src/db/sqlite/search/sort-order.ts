import { asNumber } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import { orderUnder } from '../values/compare.ts';
import type { Order } from '../values/compare.ts';
import { badValue, serverError, unsupported } from '../driver/errors.ts';
import { encodeCompound } from '../values/key-encoding.ts';
import { isTextScore, scoreOf } from './text-score.ts';
import { indexValuesAt } from '../values/paths.ts';

export type SortSpec = readonly (readonly [path: string, direction: 1 | -1])[];

/** Stands for `{ $meta: 'textScore' }`; no field can have this name. */
const TEXT_SCORE = '\0textScore';

/** Reads any way of writing a sort: `{a: 1}`, `{a: 'desc'}`, a Map, `[['a', -1]]`, `'a'`. */
export function parseSort(sort: unknown): SortSpec {
  if (sort === undefined || sort === null) return [];
  if (typeof sort === 'string') return [[sort, 1]];
  if (sort instanceof Map) return [...sort].map(([path, direction]) => field(String(path), direction));
  if (Array.isArray(sort)) {
    return sort.flatMap((item) =>
      Array.isArray(item) ? [field(String(item[0]), item[1])] : [...parseSort(item)],
    );
  }
  return Object.entries(sort as Document).map(([path, direction]) => field(path, direction));
}

function field(path: string, direction: unknown): readonly [string, 1 | -1] {
  if (direction === 'asc' || direction === 'ascending') return [path, 1];
  if (direction === 'desc' || direction === 'descending') return [path, -1];
  if (isTextScore(direction)) return [TEXT_SCORE, -1];
  if (typeof direction === 'object' && direction !== null && '$meta' in direction) {
    throw unsupported(`sorting by $meta: '${String(direction.$meta)}'`);
  }
  checkPath(path);
  const number = asNumber(typeof direction === 'string' ? Number(direction) : direction);
  if (number !== 1 && number !== -1) throw badValue(`$sort key ordering must be 1 or -1, at '${path}'`);
  return [path, number];
}

function checkPath(path: string): void {
  if (path === '$natural') throw unsupported('sorting by $natural here, or beside other fields');
  for (const part of path.split('.')) {
    if (part === '')
      throw serverError(15998, 'Location15998', 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$') && !['$id', '$ref', '$db'].includes(part))
      throw serverError(16410, 'Location16410', `FieldPath field names may not start with '$': '${path}'`);
  }
}

/** What a document sorts by: bytes, or under a collation, which has none, the values themselves. */
export type SortKey = Uint8Array | readonly unknown[];
export type Sorting = {
  readonly keyOf: (document: Document) => SortKey;
  readonly compare: (a: SortKey, b: SortKey) => number;
};

/** Makes and compares the keys of documents; `collation` gives the order of strings, else their bytes do. */
export function sorting(sort: SortSpec, collation?: Collation): Sorting {
  const order = orderUnder(collation);
  if (collation === undefined) {
    const descending = sort.map(([, direction]) => direction === -1);
    return {
      keyOf: (document) => encodeCompound(sortValues(document, sort, order), descending),
      compare: (a, b) => Buffer.compare(a as Uint8Array, b as Uint8Array),
    };
  }
  return {
    keyOf: (document) => sortValues(document, sort, order),
    compare: (a, b) => {
      for (const [at, [, direction]] of sort.entries()) {
        const difference = order(a[at], b[at]) * direction;
        if (difference !== 0) return difference;
      }
      return 0;
    },
  };
}

/** Sorts documents in place, in BSON's order; equal ones keep their places. */
export function sortDocuments<T>(
  items: T[],
  sort: SortSpec,
  documentOf: (item: T) => Document,
  collation?: Collation,
): T[] {
  const { keyOf, compare } = sorting(sort, collation);
  const keyed = items.map((item) => ({ item, key: keyOf(documentOf(item)) }));
  keyed.sort((a, b) => compare(a.key, b.key));
  return keyed.map(({ item }) => item);
}

/** The values by which a document sorts: an array counts by its least element, descending by its greatest. */
function sortValues(document: Document, sort: SortSpec, order: Order): unknown[] {
  return sort.map(([path, direction]) => {
    if (path === TEXT_SCORE) return scoreOf(document);
    const { values } = indexValuesAt(document, path);
    if (values.length === 1) return values[0];
    return values.reduce((best, value) => (order(value, best) * direction < 0 ? value : best));
  });
}
