import type { ReadRequest } from '../reads/read-request.ts';
import { parseSort } from '../search/sort-order.ts';
import { asNumber, isDocument, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Options } from './check-options.ts';
import { badValue } from './errors.ts';
import { searchOptionsOf } from './options.ts';

/** The options of `find` that are honoured. */
export const FIND_OPTIONS = [
  'sort',
  'skip',
  'limit',
  'projection',
  'hint',
  'collation',
  'let',
  'explain',
  'maxTimeMS',
];

/** Takes a filter as it is now; none is one that every document meets. */
export function parseFilter(filter: unknown): Document {
  if (filter === undefined || filter === null) return {};
  if (!isDocument(filter)) throw badValue('a filter must be a document');
  return normalise(filter);
}

/**
 * What a search's options ask of the reading.
 *
 * @param filter went through `parseFilter`
 * @param limit how many at most, whatever the options say
 */
export function findRequest(
  kind: ReadRequest['kind'],
  collection: string,
  filter: Document,
  options: Options,
  limit = limitOf(options),
): ReadRequest {
  const skip = asNumber(options['skip']) ?? 0;
  if (skip < 0 || !Number.isInteger(skip) || !Number.isInteger(limit))
    throw badValue('skip and limit must be whole');
  const { sort, hint } = withoutNatural(options);
  const projection = options['projection'] as Document | null | undefined;
  return {
    kind,
    collection,
    sort: parseSort(sort),
    skip,
    limit,
    maxTime: asNumber(options['maxTimeMS']) ?? 0,
    documents: {
      filter,
      ...searchOptionsOf({ ...options, hint }),
      ...(projection && { projection: normalise(projection) }),
    },
  };
}

/** `sort({ $natural: -1 })` is another way to say `hint({ $natural: -1 })`. */
function withoutNatural({ sort, hint }: Options): Options {
  return isDocument(sort) && '$natural' in sort && Object.keys(sort).length === 1
    ? { hint: sort }
    : { sort, hint };
}

/** MongoDB takes a negative one as that many in a single batch. */
function limitOf(options: Options): number {
  return Math.abs(asNumber(options['limit']) ?? 0);
}
