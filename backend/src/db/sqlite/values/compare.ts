import { asNumber, Decimal128, Long, ObjectId } from './bson.ts';
import { encodeKey, typeByteOf } from './key-encoding.ts';

/** Compares any two values in BSON's order: negative, zero or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number' && a === a && b === b)
    return a - b || (a < b ? -1 : a > b ? 1 : 0);
  const left = typeByteOf(a);
  const right = typeByteOf(b);
  if (left !== right) return left - right;
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (isPlainNumber(a) && isPlainNumber(b)) return compareNumbers(asNumber(a), asNumber(b));
  return Buffer.compare(encodeKey(a), encodeKey(b));
}

/** Whether BSON counts two values as equal: 1, 1.0 and Long 1 are; objects with other field order are not. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return false;
  if (a instanceof ObjectId && b instanceof ObjectId) return a.equals(b);
  return compareValues(a, b) === 0;
}

/** Whether two values stand in the same bracket, the only ones that $gt and its like compare. */
export function sameBracket(a: unknown, b: unknown): boolean {
  return typeByteOf(a) === typeByteOf(b);
}

/** Long and Decimal128 may hold what no double does: they take the exact way. */
function isPlainNumber(value: unknown): boolean {
  return !(value instanceof Long) && !(value instanceof Decimal128) && asNumber(value) !== undefined;
}

function compareNumbers(a = NaN, b = NaN): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a < b ? -1 : a > b ? 1 : 0;
}
