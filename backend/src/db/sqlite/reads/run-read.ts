import { aggregate } from '../aggregation/aggregate.ts';
import { distinctValues } from './distinct-values.ts';
import { explainPlan } from '../search/explain.ts';
import { countDocuments, findDocuments } from '../search/find-documents.ts';
import type { FindRequest } from '../search/find-documents.ts';
import { compileProjection } from '../search/projection.ts';
import type { CollectionEntry } from '../storage/catalog.ts';
import type { ReadSource } from '../storage/writer.ts';
import { Row } from '../storage/row.ts';
import { Binary, decodeDocument, encodeDocument, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';
import type { ReadMeter } from './read-meter.ts';
import type { ReadRequest } from './read-request.ts';

/** One result; its bytes too where it is as it was stored. */
export type Found = { readonly document: Document; readonly bytes?: Uint8Array };

/** Does a read, in whatever thread: gives its results one by one. */
export function runRead(source: ReadSource, request: ReadRequest, meter: ReadMeter): IterableIterator<Found> {
  const entry = request.collection === undefined ? undefined : source.catalog.get(request.collection);
  const search = (): IterableIterator<Row> => findDocuments(source, entry, searchOf(request), meter);
  switch (request.kind) {
    case 'find':
      return projected(source, entry, request, meter);
    case 'count':
      return one({ n: countDocuments(source, entry, searchOf(request), meter) });
    case 'distinct':
      return distinct(search(), request);
    case 'places':
      // All at once: while they are used, the documents may move in the index.
      return Array.from(search(), ({ rid }) => ({ document: { rid } })).values();
    case 'aggregate':
      return encoded(pipelineOf(source, request, meter));
    case 'aggregate-exact':
      return stored(pipelineOf(source, request, meter));
    case 'explain':
      return one(explain(source, entry, request, meter));
  }
}

function one(document: Document): IterableIterator<Found> {
  return [{ document }].values();
}

function projected(
  source: ReadSource,
  entry: CollectionEntry | undefined,
  request: ReadRequest,
  meter: ReadMeter,
): IterableIterator<Found> {
  const { projection, filter, collation, variables } = request.documents;
  if (projection === undefined) return findDocuments(source, entry, searchOf(request), meter);
  const project = compileProjection(projection, filter, { collation: parseCollation(collation), variables });
  const isExact = project?.isComputing === true;
  const rows = findDocuments(source, entry, { ...searchOf(request), isExact }, meter);
  if (project === undefined) return rows;
  return mapped(rows, (row) => {
    const document = project.apply(row.document);
    return { document: isExact ? promote(document) : document };
  });
}

function encoded(made: Iterable<Document>): IterableIterator<Found> {
  return mapped(made, (document) => new Row(0, encodeDocument(document), decodeDocument));
}

/** As bytes inside of documents: decoding those changes no number's class. */
function stored(made: Iterable<Document>): IterableIterator<Found> {
  return mapped(made, (document) => ({ document: { bytes: new Binary(encodeDocument(document)) } }));
}

function* mapped<From, To>(items: Iterable<From>, change: (item: From) => To): Generator<To> {
  for (const item of items) yield change(item);
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
  const { filter = {}, hint, collation, variables } = documents;
  return { filter, sort, skip, limit, hint, collation, variables };
}
