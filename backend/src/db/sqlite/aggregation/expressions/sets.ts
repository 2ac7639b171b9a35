import { encodeKey } from '../../values/key-encoding.ts';
import { nullable, ofValues } from '../operator.ts';
import type { Operators } from '../operator.ts';
import { isTruthy } from '../value-order.ts';
import { arrayOf } from './arrays.ts';

/** Arrays as sets: doubles and order do not matter. */
export const setOperators: Operators = {
  $setUnion: nullable('$setUnion', [0, Infinity], (...lists) => [
    ...setOf(lists.flatMap((list) => arrayOf('$setUnion', list))).values(),
  ]),
  $setIntersection: nullable('$setIntersection', [0, Infinity], (...lists) => {
    const [first, ...others] = lists.map((list) => setOf(arrayOf('$setIntersection', list)));
    return [...(first ?? new Map<string, unknown>())]
      .filter(([key]) => others.every((other) => other.has(key)))
      .map(([, value]) => value);
  }),
  $setDifference: nullable('$setDifference', 2, (a, b) => {
    const gone = setOf(arrayOf('$setDifference', b));
    return [...setOf(arrayOf('$setDifference', a))]
      .filter(([key]) => !gone.has(key))
      .map(([, value]) => value);
  }),
  $setEquals: ofValues('$setEquals', [2, Infinity], (...lists) => {
    const [first, ...others] = lists.map((list) => setOf(arrayOf('$setEquals', list)));
    return others.every(
      (other) => other.size === first?.size && [...other.keys()].every((k) => first.has(k)),
    );
  }),
  $setIsSubset: ofValues('$setIsSubset', 2, (a, b) => {
    const whole = setOf(arrayOf('$setIsSubset', b));
    return [...setOf(arrayOf('$setIsSubset', a)).keys()].every((key) => whole.has(key));
  }),
  $allElementsTrue: ofValues('$allElementsTrue', 1, (list) =>
    arrayOf('$allElementsTrue', list).every(isTruthy),
  ),
  $anyElementTrue: ofValues('$anyElementTrue', 1, (list) => arrayOf('$anyElementTrue', list).some(isTruthy)),
};

/** Values by what BSON counts as equal, the first of each kept. */
export function setOf(values: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const value of values) {
    const key = valueKey(value);
    if (!found.has(key)) found.set(key, value);
  }
  return found;
}

/** A text that two values share exactly when BSON counts them as equal. */
export function valueKey(value: unknown): string {
  return typeof value === 'string' ? `s${value}` : Buffer.from(encodeKey(value)).toString('latin1');
}
