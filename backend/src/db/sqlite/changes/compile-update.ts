import { decodeExact, encodeDocument, isDocument, normalise, ObjectId, plain } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import { equalValues } from '../values/compare.ts';
import { badValue, failedToParse, serverError, unsupported } from '../driver/errors.ts';
import { runPipeline } from '../aggregation/run-pipeline.ts';
import { collectConditions } from '../search/filter-bounds.ts';
import { changesOf, placesOf } from './update-changes.ts';
import { applyChanges, isUpdateOperator } from './update-document.ts';
import { compileArrayFilters, setAt } from './update-paths.ts';

/** Turns a stored document into the changed one; both are exact (`decodeExact`), and what is given stays as it is. */
export type Change = {
  readonly apply: (document: Document) => Document;
  /** The document's own fields that it may change; undefined where that may be every one. */
  readonly touched?: readonly string[];
  /** The document that an upsert inserts. */
  readonly insert: () => Document;
};

const UPDATE_STAGES = new Set(['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith']);

/**
 * Compiles an update document or pipeline.
 *
 * @param filter went through `normalise`; `$` in paths refers to it
 * @param variables what `let` gave, by name
 * @param collation how array operators, `$min`, `$max` and array filters compare strings
 */
export function compileUpdate(
  update: unknown,
  filter: Document,
  arrayFilters: readonly unknown[] = [],
  collation?: Collation,
  variables: Document = {},
): Change {
  if (Array.isArray(update)) {
    if (collation !== undefined) throw unsupported('a pipeline update with a collation');
    if (arrayFilters.length > 0) throw badValue('Cannot specify arrayFilters and a pipeline update');
    return compilePipeline(update as Document[], filter, variables);
  }
  if (!isDocument(update)) throw failedToParse('an update must be a document or an array');
  const operators = normalise(update);
  if (Object.keys(operators).length === 0) throw failedToParse('Update document requires atomic operators');
  const filters = compileArrayFilters(
    arrayFilters.map((item) => (isDocument(item) ? normalise(item) : item)),
    collation,
  );
  const changes = changesOf(operators, isUpdateOperator);
  // Each once: a field is copied before it is changed, and many paths may lead into one.
  const touched = [...new Set(changes.flatMap((change) => placesOf(change).map(([field = '']) => field)))];
  checkIdentifiers(
    changes.flatMap(({ parts }) => parts),
    [...filters.keys()],
  );
  const run = (document: Document, isInsert: boolean): Document => {
    const id = document['_id'];
    applyChanges(document, changes, { filter, arrayFilters: filters, collation, isInsert });
    if (id !== undefined) keepId(id, document);
    return document;
  };
  return {
    touched,
    apply: (document) => run(copyFields(document, touched), false),
    insert: () => withId(run(equalities(filter), true)),
  };
}

/** Each array filter must be used, and each that is used be there. */
function checkIdentifiers(parts: readonly string[], given: readonly string[]): void {
  if (given.length === 0 && !parts.some((part) => part.startsWith('$['))) return;
  const used = new Set(parts.filter((part) => /^\$\[.+\]$/.test(part)).map((part) => part.slice(2, -1)));
  for (const name of used) {
    if (!given.includes(name)) throw badValue(`No array filter found for identifier '${name}'`);
  }
  for (const name of given) {
    if (!used.has(name))
      throw failedToParse(`The array filter for identifier '${name}' was not used in the update`);
  }
}

/** Compiles a replacement: the whole document but its `_id`. */
export function compileReplacement(replacement: unknown, filter: Document): Change {
  const given = plain(replacement);
  if (!isDocument(given)) throw failedToParse('a replacement must be a document');
  const stored = normalise(given);
  if (Object.keys(stored).some((key) => key.startsWith('$'))) {
    throw failedToParse('Replacement document must not contain atomic operators');
  }
  return {
    apply: ({ _id }) => {
      const replaced = { ...stored, _id: '_id' in stored ? stored['_id'] : _id };
      keepId(_id, replaced);
      const { _id: id, ...rest } = replaced;
      return { _id: id, ...rest };
    },
    insert: () => {
      const { _id } = equalities(filter);
      return withId(_id === undefined ? { ...stored } : { _id, ...stored });
    },
  };
}

function compilePipeline(pipeline: Document[], filter: Document, variables: Document): Change {
  for (const stage of pipeline) {
    const [name = ''] = Object.keys(stage);
    if (!UPDATE_STAGES.has(name)) throw unsupported(`the stage ${name} in an update`);
  }
  const stages = normalise({ pipeline })['pipeline'] as Document[];
  const read = (): never => {
    throw unsupported('reading a collection in an update');
  };
  const run = (document: Document): Document => {
    const [changed = {}] = runPipeline({ documents: [document], pipeline: stages, read, variables });
    // Expressions give numbers without a class, and undefined.
    return decodeExact(encodeDocument(changed));
  };
  return {
    apply: (document) => {
      const id = document['_id'];
      const { _id = id, ...rest } = run(document);
      keepId(id, { _id });
      return { _id, ...rest };
    },
    insert: () => withId(run(equalities(filter))),
  };
}

/** What an upsert knows of the document already: the filter's equalities. */
function equalities(filter: Document): Document {
  const document: Document = {};
  for (const [path, conditions] of collectConditions(filter)) {
    for (const condition of conditions)
      if ('$eq' in condition) setAt(document, path.split('.'), condition['$eq']);
  }
  return document;
}

/** A copy that may be changed within some of its own fields; the others are shared. */
function copyFields(document: Document, fields: readonly string[]): Document {
  const copy = { ...document };
  for (const field of fields) if (Object.hasOwn(copy, field)) copy[field] = copyDeep(copy[field]);
  return copy;
}

function copyDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyDeep);
  return isDocument(value) ? copyFields(value, Object.keys(value)) : value;
}

function withId(document: Document): Document {
  const { _id = new ObjectId(), ...rest } = document;
  return { _id, ...rest };
}

function keepId(id: unknown, document: Document): void {
  if (equalValues(id, document['_id'])) return;
  throw serverError(
    66,
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}
