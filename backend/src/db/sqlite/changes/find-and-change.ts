import { isDocument, normalise, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Engine } from '../storage/engine.ts';
import type { Row } from '../storage/row.ts';
import { parseCollation } from '../values/collation.ts';
import { checkOptions } from '../driver/check-options.ts';
import { searchOptionsOf } from '../driver/options.ts';
import type { Options } from '../driver/check-options.ts';
import { compileProjection } from '../search/projection.ts';
import { deleteDocuments, updateDocuments } from './change-documents.ts';

type Request = {
  readonly kind: 'update' | 'replace' | 'delete';
  readonly filter: Document;
  readonly update: unknown;
  readonly options: Options;
};

const OPTIONS = ['sort', 'projection', 'hint', 'collation', 'let', 'includeResultMetadata'];
const UPDATE_OPTIONS = [...OPTIONS, 'upsert', 'returnDocument', 'returnOriginal', 'arrayFilters'];

/** findOneAndUpdate, findOneAndReplace, findOneAndDelete: one document, changed and returned in one step. */
export async function findAndChange(engine: Engine, name: string, request: Request): Promise<unknown> {
  const { kind, options } = request;
  const title = { update: 'findOneAndUpdate', replace: 'findOneAndReplace', delete: 'findOneAndDelete' }[
    kind
  ];
  checkOptions(title, options, kind === 'delete' ? OPTIONS : UPDATE_OPTIONS);
  const { projection } = options;
  const project = isDocument(projection)
    ? compileProjection(normalise(projection), normalise(request.filter), {
        collation: parseCollation(options['collation']),
        variables: searchOptionsOf(options).variables,
      })
    : undefined;
  const change = kind === 'delete' ? deleteOne : updateOne;
  const { row, lastErrorObject } = await change(engine, name, request);
  const value = row === null ? null : promote(project?.apply(row.document) ?? row.document);
  if (options['includeResultMetadata'] !== true) return value;
  return { value, lastErrorObject: promote(normalise(lastErrorObject)), ok: 1 };
}

type Outcome = { row: Row | null; lastErrorObject: Document };

async function updateOne(
  engine: Engine,
  name: string,
  { kind, filter, update, options }: Request,
): Promise<Outcome> {
  const isReplacement = kind === 'replace';
  const outcome = await updateDocuments(engine, name, { filter, update, isReplacement, options });
  const isAfter = options['returnDocument'] === 'after' || options['returnOriginal'] === false;
  const isUpsert = outcome.upsertedId !== null;
  const lastErrorObject: Document = {
    n: outcome.matchedCount + (isUpsert ? 1 : 0),
    updatedExisting: outcome.matchedCount > 0,
  };
  if (isUpsert) lastErrorObject['upserted'] = outcome.upsertedId;
  return { row: isAfter ? outcome.after : outcome.before, lastErrorObject };
}

async function deleteOne(engine: Engine, name: string, { filter, options }: Request): Promise<Outcome> {
  const { count, first } = await deleteDocuments(engine, name, filter, false, options);
  return { row: first, lastErrorObject: { n: count } };
}
