import { asNumber } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { compareValues } from '../values/compare.ts';
import { badValue, unsupported } from '../driver/errors.ts';
import { encodeCompound } from '../values/key-encoding.ts';
import { indexValuesAt } from '../values/paths.ts';

export type SortSpec = readonly (readonly [path: string, direction: 1 | -1])[];

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
  if (typeof direction === 'object' && direction !== null && '$meta' in direction) {
    throw unsupported('sorting by $meta');
  }
  const number = asNumber(typeof direction === 'string' ? Number(direction) : direction);
  if (number !== 1 && number !== -1) throw badValue(`$sort key ordering must be 1 or -1, at '${path}'`);
  return [path, number];
}

/** Sorts documents in place, in BSON's order; equal ones keep their places. */
export function sortDocuments<T>(items: T[], sort: SortSpec, documentOf: (item: T) => Document): T[] {
  const keyed = items.map((item) => ({ item, key: sortKey(documentOf(item), sort) }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  return keyed.map(({ item }) => item);
}

/** The bytes by which a document sorts: an array counts by its least element, descending by its greatest. */
export function sortKey(document: Document, sort: SortSpec): Uint8Array {
  const values = sort.map(([path, direction]) => {
    const { values } = indexValuesAt(document, path);
    if (values.length === 1) return values[0];
    return values.reduce((best, value) => (compareValues(value, best) * direction < 0 ? value : best));
  });
  return encodeCompound(
    values,
    sort.map(([, direction]) => direction === -1),
  );
}
