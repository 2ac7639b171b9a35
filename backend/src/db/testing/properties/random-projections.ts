import * as fc from 'fast-check';
import { randomCondition } from './random-filters.ts';
import type { Vocabulary } from './random-documents.ts';

type Fields = Record<string, unknown>;

const PATHS = ['a', 'b', 'c', 'a.x', 'b.x', 'b.y'];

/** Projections: some fields, all but some, computed ones, and what goes into arrays: slices, first elements that match. */
export function randomProjections(
  vocabulary: Vocabulary,
  { isCutting }: { readonly isCutting: boolean } = { isCutting: true },
): fc.Arbitrary<Fields> {
  const paths = fc.uniqueArray(fc.constantFrom(...PATHS), { minLength: 1, maxLength: 3 }).filter(areApart);
  const flags = fc
    .tuple(paths, fc.constantFrom(0, 1), fc.constantFrom({}, { _id: 0 }))
    .map(([names, flag, id]) => ({ ...Object.fromEntries(names.map((name) => [name, flag])), ...id }));
  const computed = fc.constantFrom(
    { _id: 1 },
    { d: { $ifNull: ['$c', 'none'] } },
    { a: 1, d: { $add: ['$_id', 1] } },
  );
  return fc.oneof(
    { arbitrary: flags, weight: 4 },
    computed,
    ...(isCutting ? [slices, firstMatches(vocabulary), fc.constant({ c: 1, d: '$a' })] : []),
  );
}

const array = fc.constantFrom('a', 'b');

const slices = fc
  .tuple(
    array,
    fc.oneof(
      fc.integer({ min: -2, max: 2 }),
      fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 1, max: 2 })),
    ),
  )
  .map(([path, $slice]) => ({ [path]: { $slice } }));

function firstMatches(vocabulary: Vocabulary): fc.Arbitrary<Fields> {
  return fc
    .tuple(array, randomCondition(vocabulary))
    .filter(([, condition]) => isRange(condition))
    .map(([path, condition]) => ({ [path]: { $elemMatch: condition }, c: 1 }));
}

function isRange(condition: unknown): boolean {
  const names = Object.keys(Object(condition) as object);
  return names.length > 0 && names.every((name) => ['$gt', '$gte', '$lt', '$lte'].includes(name));
}

/** Whether no path leads through another one, which MongoDB refuses. */
function areApart(paths: readonly string[]): boolean {
  return paths.every((path) => !paths.some((other) => other !== path && other.startsWith(`${path}.`)));
}
