import * as fc from 'fast-check';
import { randomFilters } from './random-filters.ts';
import type { FilterLimits } from './random-filters.ts';
import type { Vocabulary } from './random-documents.ts';

type Fields = Record<string, unknown>;

/** What may be left out of pipelines where the other side is known to be wrong about it. */
export type PipelineLimits = {
  readonly filters?: FilterLimits;
  /** Stages. */
  readonly without?: readonly string[];
  /** Accumulators. */
  readonly withoutFunctions?: readonly string[];
  /** Expressions that stages take. */
  readonly expressions?: readonly unknown[];
  /** The paths to unwind, and to sort by. */
  readonly arrays?: readonly string[];
  readonly sorts?: readonly string[];
  /** Whether documents of one id, as `$unwind` makes them, stay in order; else they get ids of their own. */
  readonly isStable?: boolean;
  /** The local fields of `$lookup`. */
  readonly locals?: readonly string[];
};

/** What stages and accumulators calculate with. */
export const EXPRESSIONS: readonly unknown[] = [
  '$a',
  '$c',
  '$b.x',
  '$_id',
  { $ifNull: ['$c', 'none'] },
  { $type: '$a' },
  { $cond: [{ $gt: ['$c', 1] }, 'more', '$c'] },
  { $cond: [{ $isNumber: '$c' }, { $add: ['$c', '$_id'] }, null] },
  { $cond: [{ $isNumber: '$c' }, { $multiply: ['$c', 2] }, null] },
  { $cond: [{ $isArray: '$a' }, { $size: '$a' }, -1] },
  { $eq: ['$a', '$c'] },
  { $cmp: ['$a', '$c'] },
];

const ACCUMULATORS = [
  '$sum',
  '$avg',
  '$min',
  '$max',
  '$first',
  '$last',
  '$push',
  '$addToSet',
  '$count',
] as const;

/**
 * Pipelines of one to four stages; `$lookup` joins the collection with itself. Their results are in one
 * order only: where a stage leaves it open, a sort by the id follows.
 * `onCollection` names it.
 */
export function randomPipelines(vocabulary: Vocabulary, limits: PipelineLimits = {}): fc.Arbitrary<Fields[]> {
  const { locals = ['a', 'c', 'b.x'], withoutFunctions = [], isStable = false } = limits;
  const { without = [], filters = {}, arrays = ['a', 'b', 'b.x'], sorts = ['a', 'b', 'c', 'b.y'] } = limits;
  const expression = fc.constantFrom(...((limits.expressions ?? EXPRESSIONS) as [unknown]));
  const key = fc.oneof(expression, fc.constant(null), fc.constant({ k: { $ifNull: ['$c', 'none'] } }));
  const accumulators = ACCUMULATORS.filter((name) => !withoutFunctions.includes(name));
  const accumulator = fc
    .tuple(fc.constantFrom(...accumulators), expression)
    .map(([name, of]) => ({ [name]: name === '$count' ? {} : of }));
  const sort = fc
    .tuple(fc.constantFrom(...sorts), fc.constantFrom(1, -1))
    .map(([by, direction]) => ({ $sort: { [by]: direction, _id: 1 } }));
  const stages: Record<string, fc.Arbitrary<Fields[]>> = {
    $match: randomFilters(vocabulary, filters).map(($match) => [{ $match }]),
    $project: fc
      .oneof(
        fc.constantFrom({ a: 1, c: 1 }, { b: 0 }, { 'b.x': 1, a: 1 }),
        expression.map((of) => ({ c: 1, d: of })),
      )
      .map(($project) => [{ $project }]),
    $addFields: fc
      .oneof(
        fc.tuple(fc.constantFrom('d', 'c'), expression),
        expression.map((of) => ['f.e', { $ifNull: [of, 'none'] }] as const),
      )
      .map(([path, of]) => [{ $addFields: { [path]: of } }]),
    $group: fc
      .tuple(key, accumulator)
      .map(([_id, c]) => [{ $sort: { _id: 1 } }, { $group: { _id, c } }, { $sort: { _id: 1 } }]),
    $sort: sort.map((one) => [one]),
    $skip: fc.tuple(sort, fc.integer({ min: 0, max: 3 })).map(([one, $skip]) => [one, { $skip }]),
    $limit: fc.tuple(sort, fc.integer({ min: 1, max: 4 })).map(([one, $limit]) => [one, { $limit }]),
    $unwind: fc
      .tuple(fc.constantFrom(...arrays), fc.boolean())
      .map(([path, preserveNullAndEmptyArrays]) => [
        { $unwind: { path: `$${path}`, includeArrayIndex: 'at', preserveNullAndEmptyArrays } },
        ...(isStable ? [] : [{ $addFields: { _id: { of: '$_id', at: { $toInt: '$at' } } } }]),
        { $unset: 'at' },
      ]),
    $lookup: fc
      .tuple(fc.constantFrom(...locals), fc.constantFrom('_id', 'c'))
      .map(([localField, foreignField]) => [
        { $lookup: { from: SELF, localField, foreignField, as: 'found' } },
      ]),
    $facet: fc
      .tuple(expression, sort)
      .map(([_id, one]) => [
        { $facet: { groups: [{ $group: { _id } }, { $sort: { _id: 1 } }], first: [one, { $limit: 2 }] } },
      ]),
    $bucket: accumulator.map((c) => [
      { $sort: { _id: 1 } },
      { $bucket: { groupBy: '$c', boundaries: [-1, 1, 3], default: 'other', output: { c } } },
    ]),
    $count: fc.constant([{ $count: 'c' }]),
    $setWindowFields: fc
      .tuple(
        fc.constantFrom(null, { $cond: [{ $isArray: '$c' }, 'an array', '$c'] }, { $type: '$b' }),
        fc.constantFrom(...accumulators.filter((name) => name !== '$addToSet')),
        expression,
        fc.constantFrom(['unbounded', 'current'], [-1, 1], ['unbounded', 'unbounded']),
      )
      .map(([partitionBy, name, of, documents]) => [
        {
          $setWindowFields: {
            partitionBy,
            sortBy: { _id: 1 },
            output: { w: { [name]: name === '$count' ? {} : of, window: { documents } } },
          },
        },
        { $sort: { _id: 1 } },
      ]),
  };
  const stage = fc.oneof(
    ...Object.entries(stages)
      .filter(([name]) => !without.includes(name))
      .map(([, arbitrary]) => arbitrary),
  );
  return fc.array(stage, { minLength: 1, maxLength: 4 }).map((chosen) => chosen.flat());
}

/** Stands for the collection's own name. */
const SELF = 'this collection';

/** A random pipeline that joins the collection of this name with itself. */
export function onCollection(pipeline: readonly Fields[], name: string): Fields[] {
  return pipeline.map((stage) =>
    '$lookup' in stage ? { $lookup: { ...(stage['$lookup'] as Fields), from: name } } : stage,
  );
}
