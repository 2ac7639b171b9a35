import { asNumber, BSONSymbol, Decimal128, isDocument, Long, ObjectId } from './bson.ts';
import type { Collation } from './collation.ts';
import { encodeKey, typeByteOf } from './key-encoding.ts';

/** Puts two values in an order: negative, zero or positive. */
export type Order = (a: unknown, b: unknown) => number;

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

/** BSON's order with a collation's order of strings, inside arrays and documents too. */
export function orderUnder(collation: Collation | undefined): Order {
  if (collation === undefined) return compareValues;
  const order: Order = (a, b) => {
    if (isText(a) && isText(b)) return collation.compare(String(a), String(b));
    if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b, order);
    if (isDocument(a) && isDocument(b)) return compareFields(a, b, order);
    return compareValues(a, b);
  };
  return order;
}

/** Whether BSON counts two values as equal: 1, 1.0 and Long 1 are; objects with other field order are not. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return false;
  if (a instanceof ObjectId && b instanceof ObjectId) return a.equals(b);
  return compareValues(a, b) === 0;
}

/** Whether two values are equal where strings are compared by a collation. */
export function equalUnder(collation: Collation | undefined): (a: unknown, b: unknown) => boolean {
  if (collation === undefined) return equalValues;
  const order = orderUnder(collation);
  return (a, b) => order(a, b) === 0;
}

/** Whether two values stand in the same bracket, the only ones that $gt and its like compare. */
export function sameBracket(a: unknown, b: unknown): boolean {
  return typeByteOf(a) === typeByteOf(b);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || value instanceof BSONSymbol;
}

function compareLists(a: readonly unknown[], b: readonly unknown[], order: Order): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = order(a[at], b[at]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Field by field: the values' types first, then the names, then the values. */
function compareFields(a: object, b: object, order: Order): number {
  const left = Object.entries(a);
  const right = Object.entries(b);
  for (const [at, [name, value]] of left.entries()) {
    const [otherName, other] = right[at] ?? [];
    if (otherName === undefined) return 1;
    const difference =
      typeByteOf(value) - typeByteOf(other) || compareValues(name, otherName) || order(value, other);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Long and Decimal128 may hold what no double does: they take the exact way. */
function isPlainNumber(value: unknown): boolean {
  return !(value instanceof Long) && !(value instanceof Decimal128) && asNumber(value) !== undefined;
}

function compareNumbers(a = NaN, b = NaN): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a < b ? -1 : a > b ? 1 : 0;
}
