import * as fc from 'fast-check';
import { record } from './random-documents.ts';
import type { Vocabulary } from './random-documents.ts';

type Fields = Record<string, unknown>;

const PATHS = ['a', 'b', 'c', 'a.x', 'b.x', 'b.y', 'a.0', 'a.1.x'] as const;
const TYPES = ['string', 'number', 'int', 'double', 'bool', 'null', 'object', 'array'] as const;

/** What may be left out of filters where the other side is known to be wrong about it. */
export type FilterLimits = {
  readonly paths?: readonly string[];
  /** Operators, and whether null may stand in ranges and elements, and whole arrays stand for what is looked for. */
  readonly without?: readonly string[];
};

/** Filters with all operators, joined in the ways there are. */
export function randomFilters(vocabulary: Vocabulary, limits: FilterLimits = {}): fc.Arbitrary<Fields> {
  const path = fc.constantFrom(...(limits.paths ?? PATHS));
  const condition = randomCondition(vocabulary, limits);
  const simple = fc.dictionary(path, condition, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
  const branches = fc.array(simple, { minLength: 1, maxLength: 2 });
  const joined = fc.oneof(
    fc.record({ $or: branches }, { noNullPrototype: true }),
    fc.record({ $nor: branches }, { noNullPrototype: true }),
    fc.record({ $and: branches }, { noNullPrototype: true }),
  );
  return fc.oneof(
    { arbitrary: simple, weight: 4 },
    joined,
    fc.tuple(simple, joined).map(([one, other]) => ({ ...one, ...other })),
  );
}

/** What a filter says of one path. */
export function randomCondition(
  { scalar, number }: Vocabulary,
  { without = [] }: FilterLimits = {},
): fc.Arbitrary<unknown> {
  const list = fc.array(scalar, { minLength: 1, maxLength: 3 });
  const something = scalar.filter((value) => value !== null);
  const edge = without.includes('null inside') ? something : scalar;
  const range = fc.dictionary(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), edge, {
    minKeys: 1,
    maxKeys: 2,
    noNullPrototype: true,
  });
  const inner = record({ x: fc.oneof(edge, range), y: edge }).filter((of) => Object.keys(of).length > 0);
  const operators: Record<string, fc.Arbitrary<unknown>> = {
    $in: list,
    $nin: list,
    $ne: scalar,
    $exists: fc.boolean(),
    $type: fc.oneof(fc.constantFrom(...TYPES), fc.constant(['string', 'bool'])),
    $all: without.includes('null in $all') ? fc.array(something, { minLength: 1, maxLength: 3 }) : list,
    $size: fc.integer({ min: 0, max: 3 }),
    $mod: fc.tuple(fc.constantFrom(2, 3), fc.constantFrom(0, 1)),
    $regex: fc.constantFrom('^x', '^(x|y)', 'X'),
    $elemMatch: without.includes('documents in $elemMatch') ? range : fc.oneof(range, inner),
    $not: fc.oneof(range, fc.record({ $in: list }, { noNullPrototype: true })),
    $bitsAllSet: fc.constantFrom(1, 2, [0, 2]),
  };
  const single = Object.entries(operators)
    .filter(([name]) => !without.includes(name))
    .map(([name, operand]) => operand.map((value) => ({ [name]: value })));
  const array = without.includes('whole arrays') ? scalar : fc.array(scalar, { maxLength: 2 });
  return fc.oneof(
    { arbitrary: scalar, weight: 3 },
    number,
    { arbitrary: range, weight: 3 },
    array,
    ...single,
  );
}

/** Sorts by one or two paths; the id decides between equal ones. */
export function randomSorts(paths: readonly string[] = ['a', 'b', 'c', 'a.x', 'b.y']): fc.Arbitrary<Fields> {
  const direction = fc.constantFrom(1, -1);
  const by = fc.dictionary(fc.constantFrom(...paths), direction, { maxKeys: 2, noNullPrototype: true });
  return fc.tuple(by, direction).map(([sort, last]) => ({ ...sort, _id: last }));
}
