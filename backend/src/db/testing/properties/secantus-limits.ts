/** What SecantusDB 0.7.0b3 does in another way than MongoDB's manual says: beside it, random cases leave that out. */
import type { FilterLimits } from './random-filters.ts';
import { EXPRESSIONS } from './random-pipelines.ts';
import type { PipelineLimits } from './random-pipelines.ts';
import type { UpdateLimits } from './random-updates.ts';

export const filtersForSecantus: FilterLimits = {
  // Behind an array's end it sees null; MongoDB sees nothing.
  paths: ['a', 'b', 'c', 'a.x', 'b.x', 'b.y'],
  without: [
    // `$all` is the `$and` of equalities, and null is equal to what is missing.
    'null in $all',
  ],
};

/** Of an array's documents that have no such field it passes over those: null to MongoDB. */
export const SORTS_FOR_SECANTUS = ['a', 'b', 'c'];

export const updatesForSecantus: UpdateLimits = {
  // It makes an int of a long.
  without: ['$bit'],
  // It passes over `a.$[]` where there is no array, and finds conflicts only in documents: errors in MongoDB.
  arraysOnly: true,
  // It passes over paths through what has no fields: an error in MongoDB.
  paths: ['a', 'b', 'c', 'd', 'a.x', 'b.y', 'a.0', 'a.2', 'a.$[]', 'a.$[e]'],
  shallow: ['$pop', '$rename'],
};

export const pipelinesForSecantus: PipelineLimits = {
  filters: filtersForSecantus,
  sorts: SORTS_FOR_SECANTUS,
  // It counts no documents as 0, where MongoDB gives no document.
  without: ['$count'],
  // It does not know this one in `$bucket`.
  withoutFunctions: ['$count'],
  // It joins by null where a field of an array's documents is looked up.
  locals: ['a', 'c'],
  // Fields of an empty array are missing to it, and an empty array to MongoDB.
  expressions: EXPRESSIONS.filter((expression) => expression !== '$b.x'),
};
