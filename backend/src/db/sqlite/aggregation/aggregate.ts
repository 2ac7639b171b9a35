import { serverError } from '../driver/errors.ts';
import type { Document } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';
import { findDocuments } from '../search/find-documents.ts';
import type { FindRequest } from '../search/find-documents.ts';
import type { ReadMeter } from '../reads/read-meter.ts';
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
  readonly collation?: unknown;
};

/**
 * Runs an aggregation on one connection, lazily: its beginning and its joins use the indexes. The
 * results are exact; `promote` makes them what applications see.
 *
 * @example [...aggregate(source, { collection: 'chats', pipeline: [{ $count: 'n' }] })]
 */
export function aggregate(
  source: ReadSource,
  { collection, pipeline, variables = {}, ...how }: Aggregation,
  meter?: ReadMeter,
): Iterable<Document> {
  const find = (name: string, search: FindRequest): Iterable<Document> =>
    documentsOf(source, name, search, meter);
  requireBeginning(collection, pipeline);
  const { request, rest } = splitPipeline(pipeline);
  const documents = collection === undefined ? [] : find(collection, { ...request, ...how });
  const collation = parseCollation(how.collation);
  return runPipeline({ documents, pipeline: rest, read: find, variables, collation });
}

function* documentsOf(
  source: ReadSource,
  name: string,
  request: FindRequest,
  meter?: ReadMeter,
): Generator<Document> {
  const exact = { ...request, isExact: true };
  for (const { document } of findDocuments(source, source.catalog.get(name), exact, meter)) yield document;
}

/** `$documents` is where documents come from without a collection, and only there. */
function requireBeginning(collection: string | undefined, [first = {}]: readonly Document[]): void {
  if ((collection === undefined) === '$documents' in first) return;
  const what =
    collection === undefined ? 'needs $documents as its first stage' : 'cannot begin with $documents';
  throw serverError(73, 'InvalidNamespace', `this aggregation ${what}`);
}
