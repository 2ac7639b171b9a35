import { collectConditions } from './filter-bounds.ts';
import { compileFilter } from './matcher.ts';
import type { Collation } from '../values/collation.ts';
import type { Document } from '../values/bson.ts';

/**
 * Which element of an array met what a filter says of that array: what the positional `$` stands for.
 * Undefined where the filter says nothing of it.
 *
 * @param path where the array stands
 * @param filter went through `normalise`
 */
export function matchedIndex(
  array: readonly unknown[],
  path: string,
  filter: Document,
  collation?: Collation,
): number | undefined {
  const tests = [...collectConditions(filter)].flatMap(([key, conditions]) => {
    if (key !== path && !key.startsWith(`${path}.`)) return [];
    return conditions.map((condition) => {
      const rest = key.slice(path.length);
      const isElemMatch = '$elemMatch' in condition && rest === '';
      const matches = compileFilter({ [`item${rest}`]: condition }, undefined, collation);
      return (item: unknown) => matches({ item: isElemMatch ? [item] : item });
    });
  });
  const found = array.findIndex((item) => tests.every((test) => test(item)));
  return tests.length === 0 || found < 0 ? undefined : found;
}
