import { BSONRegExp, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Bound, Interval } from '../values/byte-range.ts';
import { encodeKey, typeByteOf } from '../values/key-encoding.ts';
import { isOperatorDocument } from './match-operators.ts';

/** What a filter says of each path, `$and` unfolded; several entries all have to hold. */
export type Conditions = ReadonlyMap<string, readonly Document[]>;

export function collectConditions(filter: Document): Conditions {
  const found = new Map<string, Document[]>();
  const add = (part: Document): void => {
    for (const [key, condition] of Object.entries(part)) {
      if (key === '$and' && Array.isArray(condition)) {
        for (const branch of condition) if (isDocument(branch)) add(branch);
      } else if (!key.startsWith('$')) {
        const operators = isOperatorDocument(condition) ? condition : { $eq: condition };
        found.set(key, [...(found.get(key) ?? []), operators]);
      }
    }
  };
  add(filter);
  return found;
}

/**
 * The intervals of an index in which documents can lie that meet the conditions of one path: points
 * for equality and `$in`, one range for comparisons; undefined where the index cannot narrow.
 *
 * @param isMultikey then only one end of a range holds: another element may meet the other
 */
export function intervalsFor(conditions: readonly Document[], isMultikey: boolean): Interval[] | undefined {
  for (const operators of conditions) {
    const points = pointsOf(operators);
    if (points !== undefined) return points;
  }
  const ranges = conditions.flatMap(rangesOf);
  const [first] = ranges;
  if (first === undefined) return undefined;
  if (isMultikey) return [first];
  const lower = ranges.map((range) => range.lower).reduce((a, b) => (compareLower(a, b) >= 0 ? a : b));
  const upper = ranges.map((range) => range.upper).reduce((a, b) => (compareUpper(a, b) <= 0 ? a : b));
  return [{ lower, upper, isPoint: false }];
}

function pointsOf(operators: Document): Interval[] | undefined {
  if ('$eq' in operators && isIndexable(operators['$eq'])) return [point(operators['$eq'])];
  const values = operators['$in'];
  if (!Array.isArray(values) || !values.every(isIndexable)) return undefined;
  const keys = values.map((value) => point(value));
  keys.sort((a, b) => Buffer.compare(a.lower.bytes, b.lower.bytes));
  return keys.filter((key, at) => {
    const before = keys[at - 1];
    return before === undefined || Buffer.compare(before.lower.bytes, key.lower.bytes) !== 0;
  });
}

function rangesOf(operators: Document): Interval[] {
  return Object.entries(operators).flatMap(([operator, value]) => {
    if (!['$gt', '$gte', '$lt', '$lte'].includes(operator) || !isIndexable(value) || value === null)
      return [];
    const bound: Bound = { bytes: encodeKey(value), inclusive: operator.endsWith('e') };
    const bracket: Bound = { bytes: Uint8Array.of(typeByteOf(value)), inclusive: true };
    return operator.startsWith('$g')
      ? [{ lower: bound, upper: bracket, isPoint: false }]
      : [{ lower: bracket, upper: bound, isPoint: false }];
  });
}

function point(value: unknown): Interval {
  const bound = { bytes: encodeKey(value), inclusive: true };
  return { lower: bound, upper: bound, isPoint: true };
}

/** Arrays stand in an index by their elements, and expressions match many values. */
function isIndexable(value: unknown): boolean {
  return !Array.isArray(value) && !(value instanceof BSONRegExp) && !(value instanceof RegExp);
}

/** Of two lower ends, which starts later. One that begins with the other's bytes starts inside it. */
function compareLower(a: Bound, b: Bound): number {
  return compareBound(a, b, (bound) => !bound.inclusive);
}

/** Of two upper ends, which stops later. */
function compareUpper(a: Bound, b: Bound): number {
  return compareBound(a, b, (bound) => bound.inclusive);
}

/** `reachesPast`: the end lies behind all keys that begin with its bytes, rather than before them. */
function compareBound(a: Bound, b: Bound, reachesPast: (bound: Bound) => boolean): number {
  const length = Math.min(a.bytes.length, b.bytes.length);
  const order = Buffer.compare(a.bytes.subarray(0, length), b.bytes.subarray(0, length));
  if (order !== 0) return order;
  const sideA = reachesPast(a) ? 1 : -1;
  const sideB = reachesPast(b) ? 1 : -1;
  if (a.bytes.length === b.bytes.length) return sideA - sideB;
  return a.bytes.length < b.bytes.length ? sideA : -sideB;
}
