import { aggregate } from '../aggregation/aggregate.ts';
import { distinctValues } from './distinct-values.ts';
import { explainPlan } from '../search/explain.ts';
import { countDocuments, findDocuments } from '../search/find-documents.ts';
import type { FindRequest } from '../search/find-documents.ts';
import { compileProjection } from '../search/projection.ts';
import type { CollectionEntry } from '../storage/catalog.ts';
import type { ReadSource } from '../storage/writer.ts';
import { Row } from '../storage/row.ts';
import { decodeDocument, encodeDocument, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';
import type { ReadMeter } from './read-meter.ts';
import type { ReadRequest } from './read-request.ts';

/** One result; its bytes too where it is as it was stored. */
export type Found = { readonly document: Document; readonly bytes?: Uint8Array };

/** Does a read, in whatever thread: yields its results one by one. */
export function* runRead(source: ReadSource, request: ReadRequest, meter: ReadMeter): Generator<Found> {
  const entry = request.collection === undefined ? undefined : source.catalog.get(request.collection);
  switch (request.kind) {
    case 'find':
      return yield* find(source, entry, request, meter);
    case 'count':
      return yield { document: { n: countDocuments(source, entry, searchOf(request), meter) } };
    case 'distinct':
      yield* distinct(findDocuments(source, entry, searchOf(request), meter), request);
      return;
    case 'places':
      // All at once: while they are used, the documents may move in the index.
      yield* Array.from(findDocuments(source, entry, searchOf(request), meter), ({ rid }) => ({
        document: { rid },
      }));
      return;
    case 'aggregate':
      for (const made of pipelineOf(source, request, meter))
        yield new Row(0, encodeDocument(made), decodeDocument);
      return;
    case 'explain':
      yield { document: explain(source, entry, request, meter) };
  }
}

function* find(
  source: ReadSource,
  entry: CollectionEntry | undefined,
  request: ReadRequest,
  meter: ReadMeter,
): Generator<Found> {
  const { projection } = request.documents;
  const project = compileProjection(projection && promote(projection));
  const rows = findDocuments(source, entry, searchOf(request), meter);
  if (project === undefined) return yield* rows;
  for (const row of rows) yield { document: project(row.document) };
}

function* distinct(rows: Iterable<Row>, { path = '', documents }: ReadRequest): Generator<Found> {
  const values = distinctValues(rows, path, parseCollation(documents.collation));
  for (const value of values) yield { document: { value } };
}

function explain(
  source: ReadSource,
  entry: CollectionEntry | undefined,
  request: ReadRequest,
  meter: ReadMeter,
): Document {
  let returned = 0;
  const isPipeline = request.documents.pipeline !== undefined;
  const found = isPipeline
    ? pipelineOf(source, request, meter)
    : findDocuments(source, entry, searchOf(request), meter);
  for (const _ of found) returned += 1;
  return explainPlan(meter, returned);
}

function pipelineOf(source: ReadSource, request: ReadRequest, meter: ReadMeter): Iterable<Document> {
  const { pipeline = [], ...others } = request.documents;
  return aggregate(source, { ...others, collection: request.collection, pipeline }, meter);
}

function searchOf({ documents, sort = [], skip = 0, limit = 0 }: ReadRequest): FindRequest {
  const { filter = {}, hint, collation } = documents;
  return { filter, sort, skip, limit, hint, collation };
}
