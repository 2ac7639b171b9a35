import { decodeExact } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { findDocuments } from '../search/find-documents.ts';
import type { FindRequest, FindStats } from '../search/find-documents.ts';
import type { ReadSource } from '../storage/writer.ts';
import { runPipeline } from './run-pipeline.ts';
import { splitPipeline } from './split-pipeline.ts';

/** An aggregation as plain data: it may travel to another thread as BSON. */
export type Aggregation = {
  /** Nothing for one that begins with `$documents`. */
  readonly collection?: string | undefined;
  /** Went through `normalise`, as `variables` did. */
  readonly pipeline: readonly Document[];
  readonly variables?: Document;
  readonly hint?: unknown;
};

/**
 * Runs an aggregation on one connection, lazily: its beginning and its joins use the indexes. The
 * results are exact; `promote` makes them what applications see.
 *
 * @example [...aggregate(source, { collection: 'chats', pipeline: [{ $count: 'n' }] })]
 */
export function aggregate(
  source: ReadSource,
  { collection, pipeline, variables = {}, hint }: Aggregation,
  stats?: FindStats,
): Iterable<Document> {
  const find = (name: string, request: Omit<FindRequest, 'decode'>): Iterable<Document> =>
    documentsOf(source, name, { ...request, decode: decodeExact });
  const { request, rest } = splitPipeline(pipeline);
  const documents =
    collection === undefined
      ? []
      : documentsOf(source, collection, { ...request, hint, decode: decodeExact }, stats);
  return runPipeline({ documents, pipeline: rest, read: find, variables });
}

function* documentsOf(
  source: ReadSource,
  name: string,
  request: FindRequest,
  stats?: FindStats,
): Generator<Document> {
  for (const { document } of findDocuments(source, source.catalog.get(name), request, stats)) yield document;
}
