/** The part of MongoDB that mingo 7 knows exactly: where it is a second opinion, random cases keep to it. */
import * as fc from 'fast-check';
import { jsonLike, record, withIds } from './random-documents.ts';
import type { FilterLimits } from './random-filters.ts';
import { EXPRESSIONS } from './random-pipelines.ts';
import type { PipelineLimits } from './random-pipelines.ts';

type Fields = Record<string, unknown>;

const { scalar } = jsonLike;
const list = fc.array(scalar, { maxLength: 3 });
const nested = record({ x: fc.oneof(scalar, list), y: scalar });

/** Only `d` holds arrays of documents: through those mingo knows no null, no index and no types. */
export const documentsForMingo: fc.Arbitrary<Fields[]> = withIds(
  record({
    a: fc.oneof(scalar, list),
    b: nested,
    c: scalar,
    d: fc.array(record({ x: scalar, y: scalar }), { maxLength: 3 }),
  }),
);

export const filtersForMingo: FilterLimits = {
  paths: ['a', 'b', 'c', 'd', 'b.x', 'b.y'],
  without: [
    // In ranges and elements it tells null from what is missing.
    'null inside',
    // It finds fields in what is no document.
    'documents in $elemMatch',
    // It looks at an array, not at its elements.
    '$type',
    // It does not match what is no array.
    '$all',
    // It takes fractions for whole numbers.
    '$bitsAllSet',
    // It does not cut off fractions.
    '$mod',
  ],
};

/** Through an array it knows no least and greatest element; in pipelines `c` may become one. */
export const SORTS_FOR_MINGO = ['c', 'b.y'];

/** It makes null of the slice of what is no array, and knows no operators in `$elemMatch` there. */
export const projectionsForMingo = { isCutting: false };

export const updatesForMingo = {
  filters: filtersForMingo,
  updates: {
    paths: ['a', 'b', 'c', 'd', 'b.y'],
    // It orders values of several types in another way, and takes doubles out of a set that has them;
    // where there is no array yet it pushes without cutting.
    without: ['$min', '$max', '$addToSet', '$each'],
    arraysOnly: true,
  },
};

export const pipelinesForMingo: PipelineLimits = {
  filters: filtersForMingo,
  // It makes null of what is missing, and orders arrays before all else or by their elements.
  expressions: [
    { $ifNull: ['$_id', 'none'] },
    ...EXPRESSIONS.filter((one) => /\$(ifNull|isNumber|isArray)/.test(JSON.stringify(one))),
  ],
  sorts: ['b.y'],
  // It sorts documents in another way than MongoDB, but stably, as the driver does.
  isStable: true,
  // It fills a bucket for every boundary, and counts no documents as 0.
  without: ['$bucket', '$count'],
  arrays: ['a', 'd'],
  // It joins an array's elements with nothing as null.
  locals: ['_id'],
};
