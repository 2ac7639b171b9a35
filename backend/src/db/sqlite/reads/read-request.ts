import type { Document } from '../values/bson.ts';
import type { SortSpec } from '../search/sort-order.ts';

/** The parts of a read that hold values of BSON's types, each as `normalise` gives it. */
export type ReadDocuments = {
  readonly filter?: Document;
  readonly projection?: Document;
  readonly hint?: unknown;
  readonly collation?: unknown;
  readonly pipeline?: Document[];
  /** An aggregation's `let`. */
  readonly variables?: Document;
};

/**
 * A read as plain data, so that any thread can do it.
 *
 * - `find` gives documents
 * - `count` gives one `{ n }`
 * - `distinct` gives a `{ value }` for each
 * - `places` gives the `{ rid }` of each document, all from one moment
 * - `aggregate` gives what the pipeline makes
 * - `aggregate-exact` gives the same as `{ bytes }`, to be stored with every number in its class
 * - `explain` gives one document that says how the search would go
 */
export type ReadRequest = {
  readonly kind: 'find' | 'count' | 'distinct' | 'places' | 'aggregate' | 'aggregate-exact' | 'explain';
  /** Nothing: an aggregation over no collection (`$documents`). */
  readonly collection?: string | undefined;
  readonly sort?: SortSpec;
  readonly skip?: number;
  /** Zero or nothing: all. */
  readonly limit?: number;
  /** Whose values `distinct` gives. */
  readonly path?: string;
  /** Milliseconds after which the read fails; zero or nothing: never. */
  readonly maxTime?: number;
  readonly documents: ReadDocuments;
};
