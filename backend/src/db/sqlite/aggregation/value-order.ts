import { asNumber, Decimal128 } from '../values/bson.ts';
import { compareValues } from '../values/compare.ts';

/** BSON's order between results of expressions, where a missing value comes before null. */
export function compareResults(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareValues(a, b);
}

/** Whether a value counts as true: all but false, null, missing and zero. */
export function isTruthy(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false;
  if (value instanceof Decimal128) return compareValues(value, 0) !== 0;
  return asNumber(value) !== 0;
}
