import { asNumber, BSONRegExp, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { parseTypeName, typeByteNamed } from '../values/bson-types.ts';
import type { Bound, Interval } from '../values/byte-range.ts';
import { isFreeOfText } from '../values/collation.ts';
import { encodeKey, isEndKey, TypeByte, typeByteOf } from '../values/key-encoding.ts';
import type { TextKey } from '../values/key-encoding.ts';
import { isOperatorDocument } from './match-operators.ts';
import type { PathCondition } from './path-conditions.ts';
import { regexPrefix } from './regex-prefix.ts';

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

/** What an index can do with strings: its collation against that of the search. */
export type TextRule = {
  /** How the index keeps strings. */
  readonly keyOf: TextKey | undefined;
  /** Whether a string can be looked up there: the two collations are the same. */
  readonly hasPoints: boolean;
  /** Whether its strings are in the order of their bytes, which ranges need. */
  readonly isInByteOrder: boolean;
};

/** Where in an index documents can lie that meet the conditions of one path, in its order, none overlapping. */
export type PathBounds = {
  readonly intervals: readonly Interval[];
  /** The `$elemMatch` that it was taken from. */
  readonly element: Document | undefined;
  /** Whether it only cuts something out of the whole: worth little by itself. */
  readonly isLoose: boolean;
};

/**
 * The part of an index for the conditions of one path: points for equality and `$in`, a range for
 * comparisons, `$type`, prefixes; undefined where the index cannot narrow.
 *
 * @param isMultikey then only one end of a range holds: another element may meet the other, unless
 * `$elemMatch` says that one does
 */
export function boundsFor(
  conditions: readonly PathCondition[],
  isMultikey: boolean,
  text: TextRule,
): PathBounds | undefined {
  for (const { operators, element } of conditions) {
    const points = pointsOf(operators, text);
    if (points !== undefined) return { intervals: points, element, isLoose: false };
  }
  const ranges = conditions.flatMap((condition) =>
    rangesOf(condition.operators, text).map((range) => ({ range, condition })),
  );
  const first = ranges.find(({ condition }) => condition.isElement === true) ?? ranges[0];
  if (first !== undefined) {
    const isTogether = (other: PathCondition): boolean =>
      !isMultikey || (other.isElement === true && other === first.condition);
    const together = ranges.filter(({ range, condition }) => range === first.range || isTogether(condition));
    const interval = intersection(together.map(({ range }) => range));
    return { intervals: [interval], element: first.condition.element, isLoose: false };
  }
  for (const { operators, element } of conditions) {
    const brackets = bracketsOf(operators['$type']);
    if (brackets !== undefined) return { intervals: brackets, element, isLoose: true };
  }
  // An array with nothing at the path stands at null, and yet is not null.
  for (const { operators, element } of isMultikey ? [] : conditions) {
    const without = complementOf(operators, text);
    if (without !== undefined) return { intervals: without, element, isLoose: true };
  }
  return undefined;
}

function pointsOf(operators: Document, text: TextRule): Interval[] | undefined {
  if ('$eq' in operators && isPoint(operators['$eq'], text)) return pointsAt([operators['$eq']], text);
  // A missing field stands in the index as null.
  if ('$exists' in operators && isFalse(operators['$exists'])) return pointsAt([null], text);
  const values = operators['$in'];
  if (!Array.isArray(values) || !values.every((value) => isPoint(value, text))) return undefined;
  return pointsAt(values, text);
}

/** Sorted, each once. */
function pointsAt(values: readonly unknown[], text: TextRule): Interval[] {
  const points = values.map((value): Interval => {
    const bound = { bytes: encodeKey(value, text.keyOf), inclusive: true };
    return { lower: bound, upper: bound, isPoint: true };
  });
  points.sort((a, b) => Buffer.compare(a.lower.bytes, b.lower.bytes));
  return points.filter((key, at) => {
    const before = points[at - 1];
    return before === undefined || Buffer.compare(before.lower.bytes, key.lower.bytes) !== 0;
  });
}

function rangesOf(operators: Document, text: TextRule): Interval[] {
  return Object.entries(operators).flatMap(([operator, value]) => {
    const isPattern = value instanceof BSONRegExp || value instanceof RegExp;
    if (operator === '$regex' || (operator === '$eq' && isPattern)) {
      return prefixRange(value, operators['$options'], text);
    }
    if (
      !['$gt', '$gte', '$lt', '$lte'].includes(operator) ||
      value === null ||
      isEndKey(value) ||
      !isIndexable(value)
    )
      return [];
    if (!text.isInByteOrder && !isFreeOfText(value)) return [];
    const bound: Bound = { bytes: encodeKey(value), inclusive: operator.endsWith('e') };
    const bracket: Bound = { bytes: Uint8Array.of(typeByteOf(value)), inclusive: true };
    return operator.startsWith('$g')
      ? [{ lower: bound, upper: bracket, isPoint: false }]
      : [{ lower: bracket, upper: bound, isPoint: false }];
  });
}

/** Expressions are matched without a collation, so only an index without one has their beginnings. */
function prefixRange(pattern: unknown, options: unknown, text: TextRule): Interval[] {
  const prefix = regexPrefix(pattern, options);
  if (prefix === undefined || text.keyOf !== undefined) return [];
  // A key without its end: all that begin with it.
  const bound = { bytes: encodeKey(prefix).slice(0, -2), inclusive: true };
  return [{ lower: bound, upper: bound, isPoint: false }];
}

function bracketsOf(types: unknown): Interval[] | undefined {
  if (types === undefined) return undefined;
  const bytes = [types].flat().map((type) => typeByteNamed(parseTypeName(type)));
  // An array stands in an index by its elements.
  if (bytes.length === 0 || bytes.includes(TypeByte.array)) return undefined;
  return [...new Set(bytes)]
    .sort((a, b) => a - b)
    .map((byte) => {
      const bound = { bytes: Uint8Array.of(byte), inclusive: true };
      return { lower: bound, upper: bound, isPoint: false };
    });
}

/** `$ne: null` and the like: everything beside null, which in many indexes is most of it. */
function complementOf(operators: Document, text: TextRule): Interval[] | undefined {
  const excluded = operators['$nin'] ?? ('$ne' in operators ? [operators['$ne']] : []);
  if (!Array.isArray(excluded) || !excluded.includes(null)) return undefined;
  const [point] = pointsAt([null], text);
  if (point === undefined) return undefined;
  const end: Bound = { bytes: new Uint8Array(), inclusive: true };
  const cut: Bound = { bytes: point.lower.bytes, inclusive: false };
  return [
    { lower: end, upper: cut, isPoint: false },
    { lower: cut, upper: end, isPoint: false },
  ];
}

/** Whether a value can be looked up: arrays stand in an index by their elements, and expressions match many values. */
export function isIndexable(value: unknown): boolean {
  return !Array.isArray(value) && !(value instanceof BSONRegExp) && !(value instanceof RegExp);
}

function isPoint(value: unknown, text: TextRule): boolean {
  return isIndexable(value) && (text.hasPoints || isFreeOfText(value));
}

function isFalse(value: unknown): boolean {
  return value === false || value === null || asNumber(value) === 0;
}

function intersection(ranges: readonly Interval[]): Interval {
  const lower = ranges.map((range) => range.lower).reduce((a, b) => (compareLower(a, b) >= 0 ? a : b));
  const upper = ranges.map((range) => range.upper).reduce((a, b) => (compareUpper(a, b) <= 0 ? a : b));
  return { lower, upper, isPoint: false };
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
