import * as fc from 'fast-check';
import { randomCondition, randomFilters } from './random-filters.ts';
import type { FilterLimits } from './random-filters.ts';
import type { Vocabulary } from './random-documents.ts';

type Fields = Record<string, unknown>;

/** An update of whatever documents the filter finds. */
export type RandomChange = {
  readonly filter: Fields;
  readonly update: Fields | Fields[];
  readonly options: Fields;
};

/** What may be left out of updates where the other side is known to be wrong about it. */
export type UpdateLimits = {
  readonly paths?: readonly string[];
  /** Operators; `$each` for all modifiers of `$push`. */
  readonly without?: readonly string[];
  /** Operators that stay on paths of one part. */
  readonly shallow?: readonly string[];
  /** Whether `a.$[]` stays where `a` is an array, and alone. */
  readonly arraysOnly?: boolean;
};

const PATHS = ['a', 'b', 'c', 'd', 'a.x', 'b.y', 'a.0', 'a.2', 'b.0.x', 'a.$[]', 'b.$[].x', 'a.$[e]'];

/** Updates by one to three operators, on paths through documents, arrays, all or some of their elements. */
export function randomUpdates(
  vocabulary: Vocabulary,
  { updates: limits = {}, filters = {} }: { updates?: UpdateLimits; filters?: FilterLimits } = {},
): fc.Arbitrary<RandomChange> {
  const change = randomChange(vocabulary, fc.constantFrom(...(limits.paths ?? PATHS)), limits);
  const changes = fc
    .uniqueArray(change, { minLength: 1, maxLength: 3, selector: ([, at]) => at })
    .filter((chosen) => limits.arraysOnly !== true || !isMixed(chosen.map(([, at]) => at)));
  const filter = fc.oneof(fc.constant({}), randomFilters(vocabulary, filters));
  const element = randomCondition(vocabulary, filters);
  return fc.tuple(changes, filter, element).map(([chosen, wanted, e]) => {
    const paths = chosen.map(([, at]) => at);
    const needs = limits.arraysOnly === true ? paths.flatMap(arrayBefore) : [];
    return {
      filter: needs.length > 0 ? { $and: [wanted, ...needs] } : wanted,
      update: updateOf(chosen),
      options: paths.some((path) => path.includes('$[e]')) ? { arrayFilters: [{ e }] } : {},
    };
  });
}

/** Updates of the element that the filter found. */
export function randomPositionalUpdates(
  vocabulary: Vocabulary,
  limits: { updates?: UpdateLimits; filters?: FilterLimits } = {},
): fc.Arbitrary<RandomChange> {
  const { scalar } = vocabulary;
  const range = fc
    .constantFrom('$gt', '$lte', '$eq')
    .chain((name) => scalar.map((value) => ({ [name]: value })));
  const isArray = limits.updates?.arraysOnly === true;
  const element = fc.oneof(
    ...(isArray ? [] : [scalar]),
    range.map(($elemMatch) => ({ $elemMatch })),
    scalar.map((x) => ({ $elemMatch: { x } })),
  );
  const without = ['$rename', ...(limits.updates?.shallow ?? []), ...(limits.updates?.without ?? [])];
  const paths = isArray ? ['a.$'] : ['a.$', 'a.$.x'];
  const change = randomChange(vocabulary, fc.constantFrom(...paths), { ...limits.updates, without });
  return fc
    .tuple(element, change)
    .map(([a, chosen]) => ({ filter: { a }, update: updateOf([chosen]), options: {} }));
}

const shallow = fc.constantFrom('a', 'b', 'c', 'd');

type OneChange = readonly [operator: string, path: string, operand: unknown];

function randomChange(
  vocabulary: Vocabulary,
  path: fc.Arbitrary<string>,
  limits: UpdateLimits = {},
): fc.Arbitrary<OneChange> {
  const operators = Object.entries(operands(vocabulary, limits.without ?? [])).filter(
    ([name]) => limits.without?.includes(name) !== true,
  );
  return fc.oneof(
    ...operators.map(([name, operand]) => {
      // `$rename` goes to no elements.
      const at = name === '$rename' ? path.filter((one) => !one.includes('$')) : path;
      if (limits.shallow?.includes(name) === true) return fc.tuple(fc.constant(name), shallow, operand);
      return fc.tuple(fc.constant(name), at, operand);
    }),
  );
}

function updateOf(changes: readonly OneChange[]): Fields {
  const update: Record<string, Fields> = {};
  for (const [name, path, operand] of changes) update[name] = { ...update[name], [path]: operand };
  return update;
}

/** Whether `a.$[]` stands beside another path into `a`. */
function isMixed(paths: readonly string[]): boolean {
  return paths.some((path) => {
    const [before, elements] = path.split('$[');
    return elements !== undefined && paths.some((other) => other !== path && other.startsWith(before ?? ''));
  });
}

function arrayBefore(path: string): Fields[] {
  const [before = '', elements] = path.split('.$[');
  return elements === undefined ? [] : [{ [before]: { $type: 'array' } }];
}

/** What each operator may be given. */
function operands(vocabulary: Vocabulary, without: readonly string[]): Record<string, fc.Arbitrary<unknown>> {
  const { scalar, number } = vocabulary;
  const value = fc.oneof(
    { arbitrary: scalar, weight: 4 },
    fc.array(scalar, { maxLength: 2 }),
    fc.record({ x: scalar }, { noNullPrototype: true }),
  );
  const each = fc.array(value, { maxLength: 2 });
  return {
    $set: value,
    $unset: fc.constant(''),
    $inc: number,
    $mul: number,
    $min: value,
    $max: value,
    $rename: fc.constantFrom('e', 'e.f'),
    $push: without.includes('$each') ? value : fc.oneof(value, pushes(each)),
    $addToSet: fc.oneof(
      value,
      each.map(($each) => ({ $each })),
    ),
    $pop: fc.constantFrom(1, -1),
    $pull: randomCondition(vocabulary, { without: ['$not'] }),
    $pullAll: fc.array(scalar, { maxLength: 2 }),
    $bit: fc.tuple(fc.constantFrom('and', 'or', 'xor'), number).map(([name, bits]) => ({ [name]: bits })),
  };
}

function pushes(each: fc.Arbitrary<unknown[]>): fc.Arbitrary<Fields> {
  return fc.record(
    {
      $each: each,
      $position: fc.integer({ min: -2, max: 3 }),
      $slice: fc.integer({ min: -3, max: 3 }),
      // Of whole elements: by a field many are equal, and nothing says in which order those are.
      $sort: fc.constantFrom(1, -1),
    },
    { requiredKeys: ['$each'], noNullPrototype: true },
  );
}

/** Updates by pipelines. */
export function randomUpdatePipelines({ scalar, number }: Vocabulary): fc.Arbitrary<RandomChange> {
  const path = fc.constantFrom('a', 'b', 'd');
  const literal = fc.tuple(
    fc.constantFrom('f', 'f.e'),
    scalar.map(($literal) => ({ $literal })),
  );
  const expression = fc.oneof(
    scalar.map(($literal) => ({ $literal })),
    fc.constantFrom('$a', '$b.x', '$c', '$missing'),
    number.map((n) => ({ $cond: [{ $isNumber: '$c' }, { $add: ['$c', n] }, '$c'] })),
    fc.constantFrom({ $ifNull: ['$a', 'none'] }, { $type: '$b' }, { x: '$c', y: ['$a'] }, '$$REMOVE'),
  );
  const stage = fc.oneof(
    fc.oneof(fc.tuple(path, expression), literal).map(([at, value]) => ({ $set: { [at]: value } })),
    path.map(($unset) => ({ $unset })),
    fc.constantFrom({ $project: { a: 1, b: 1 } }, { $project: { c: 0 } }),
    fc.constant({ $replaceWith: { _id: '$_id', was: '$a' } }),
  );
  return fc
    .array(stage, { minLength: 1, maxLength: 3 })
    .map((update) => ({ filter: {}, update, options: {} }));
}
