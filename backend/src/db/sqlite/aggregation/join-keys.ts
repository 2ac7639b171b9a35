import type { Document } from '../values/bson.ts';
import { matchValuesAt, WholeArray } from '../values/paths.ts';
import { valueKey } from './expressions/sets.ts';

/** Values by what they are compared by. */
export type Keys = ReadonlyMap<string, unknown>;

/** What `localField` looks for: the elements of an array, null where there is nothing. */
export function localKeys(document: Document, path: string): Keys {
  const keys = new Map<string, unknown>();
  for (const reached of matchValuesAt(document, path)) {
    const value = reached instanceof WholeArray ? reached.items : reached;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (item !== undefined) keys.set(valueKey(item), item);
    }
  }
  if (keys.size === 0) keys.set(valueKey(null), null);
  return keys;
}

/** What a document is found by at `foreignField`: as in a filter, an array by itself and by its elements. */
export function foreignKeys(document: Document, path: string): string[] {
  const keys = new Set<string>();
  for (const reached of matchValuesAt(document, path)) {
    if (reached instanceof WholeArray) {
      keys.add(valueKey(reached.items));
      continue;
    }
    keys.add(valueKey(reached ?? null));
    if (Array.isArray(reached)) for (const item of reached) keys.add(valueKey(item ?? null));
  }
  return [...keys];
}

/** Sorts documents by their keys; the result gives those that have any of some keys, in their order, each once. */
export function groupByKeys(
  documents: Iterable<Document>,
  keysOf: (document: Document) => readonly string[],
): (keys: Iterable<string>) => Document[] {
  const byKey = new Map<string, [at: number, document: Document][]>();
  let at = 0;
  for (const document of documents) {
    for (const key of keysOf(document)) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [[at, document]]);
      else known.push([at, document]);
    }
    at += 1;
  }
  return (keys) => {
    const found = [...keys].map((key) => byKey.get(key) ?? []);
    if (found.length <= 1) return (found[0] ?? []).map(([, document]) => document);
    const once = new Map(found.flat());
    return [...once].sort(([a], [b]) => a - b).map(([, document]) => document);
  };
}
