import { asNumber } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { add } from '../../values/arithmetic.ts';
import { sortDocuments } from '../../search/sort-order.ts';
import { valueKey } from '../expressions/sets.ts';
import { failure } from '../failure.ts';
import { fieldAt, withField } from '../field-path.ts';
import { isNumber } from '../numbers.ts';
import { isNullish, namedOperands } from '../operator.ts';
import type { Stages } from '../stage.ts';
import { addUnits, unitOf } from '../time-units.ts';
import { compareResults } from '../value-order.ts';
import { UTC } from '../zoned-time.ts';

type Range = {
  readonly path: readonly string[];
  readonly step: (value: unknown) => unknown;
  readonly bounds: 'full' | 'partition' | readonly [unknown, unknown];
  readonly isOnAxis: (value: unknown) => boolean;
};

/** Adds the documents that a row of numbers or dates lacks. */
export const densifyStages: Stages = {
  $densify: (operand) => {
    const parts = namedOperands('$densify', operand, ['field', 'range'], ['partitionByFields']);
    if (typeof parts.field !== 'string') throw failure(5733201, "'field' of $densify must be a field path");
    const fields: unknown[] = Array.isArray(parts.partitionByFields) ? parts.partitionByFields : [];
    const paths = fields.map((field) => String(field).split('.'));
    const range = compileRange(parts.field, parts.range);
    const order = [...fields.map(String), parts.field].map((path) => [path, 1] as const);
    return function* (documents) {
      const sorted = sortDocuments([...documents], order, (document) => document);
      const values = sorted.map((document) => valueOf(document, range)).filter((value) => !isNullish(value));
      const ends = [values.reduce(least, undefined), values.reduce(most, undefined)] as const;
      for (const partition of partitionsOf(sorted, paths)) yield* densify(partition, paths, range, ends);
    };
  },
};

function compileRange(field: string, spec: unknown): Range {
  const { step, bounds, unit } = namedOperands('$densify', spec, ['step', 'bounds'], ['unit']);
  const size = asNumber(step);
  if (size === undefined || size <= 0) throw failure(5733401, "the 'step' of $densify must be positive");
  const isPair = Array.isArray(bounds) && bounds.length === 2;
  if (bounds !== 'full' && bounds !== 'partition' && !isPair) {
    throw failure(5946800, "the 'bounds' of $densify must be 'full', 'partition' or two values");
  }
  const common = { path: field.split('.'), bounds: isPair ? ([bounds[0], bounds[1]] as const) : bounds };
  if (unit === undefined) {
    return { ...common, isOnAxis: isNumber, step: (value) => add(value, step, 'double') } as Range;
  }
  const by = unitOf(unit);
  if (!Number.isInteger(size)) throw failure(5733308, 'a step with a unit must be a whole number');
  const stepDate = (value: unknown): unknown =>
    value instanceof Date ? new Date(addUnits(value.getTime(), by, size, UTC)) : value;
  return { ...common, isOnAxis: (value) => value instanceof Date, step: stepDate } as Range;
}

function valueOf(document: Document, { path, isOnAxis }: Range): unknown {
  const value = fieldAt(document, path);
  if (isNullish(value) || isOnAxis(value)) return value;
  throw failure(5733201, 'Densify field type must be numeric, or a date where there is a unit');
}

function least(a: unknown, b: unknown): unknown {
  return a === undefined || compareResults(b, a) < 0 ? b : a;
}

function most(a: unknown, b: unknown): unknown {
  return a === undefined || compareResults(b, a) > 0 ? b : a;
}

function* partitionsOf(sorted: readonly Document[], paths: readonly string[][]): Generator<Document[]> {
  let members: Document[] = [];
  let before: string | undefined;
  for (const document of sorted) {
    const key = paths.map((path) => valueKey(fieldAt(document, path) ?? null)).join('\0');
    if (before !== undefined && key !== before) {
      yield members;
      members = [];
    }
    before = key;
    members.push(document);
  }
  if (members.length > 0) yield members;
}

function* densify(
  partition: readonly Document[],
  paths: readonly string[][],
  range: Range,
  ends: readonly [unknown, unknown],
): Generator<Document> {
  const [first = {}] = partition;
  const own = partition.map((document) => valueOf(document, range)).filter((value) => !isNullish(value));
  const made = (value: unknown): Document => {
    let document: Document = {};
    for (const path of paths) document = withField(document, path, fieldAt(first, path));
    return withField(document, range.path, value);
  };
  const { bounds } = range;
  const isPair = bounds !== 'full' && bounds !== 'partition';
  const [low, high] = isPair ? bounds : bounds === 'full' ? ends : [own[0], own.at(-1)];
  // The end of two bounds is left out; the others end at a value that there is.
  const isWithin = (value: unknown): boolean => compareResults(value, high) < (isPair ? 0 : 1);
  let next = low;
  for (const document of partition) {
    const value = valueOf(document, range);
    if (!isNullish(value)) {
      for (; !isNullish(next) && isWithin(next) && compareResults(next, value) < 0; next = range.step(next)) {
        yield made(next);
      }
      if (compareResults(next, value) === 0) next = range.step(next);
    }
    yield document;
  }
  for (; !isNullish(next) && isWithin(next); next = range.step(next)) yield made(next);
}
