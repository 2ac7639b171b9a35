import { failure } from '../aggregation/failure.ts';
import { fieldAt } from '../aggregation/field-path.ts';
import { namedOperands } from '../aggregation/operator.ts';
import { runPipeline } from '../aggregation/run-pipeline.ts';
import { duplicateKey, serverError, unsupported } from '../driver/errors.ts';
import { findDocuments } from '../search/find-documents.ts';
import type { Engine } from '../storage/engine.ts';
import type { Row } from '../storage/row.ts';
import { insertRow, replaceRow } from '../storage/rows.ts';
import type { Writer } from '../storage/writer.ts';
import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { compileReplacement } from './compile-update.ts';
import { targetOf, withId } from './result-target.ts';
import type { Results } from './result-target.ts';

type Merge = {
  readonly into: string;
  readonly on: readonly string[];
  /** What becomes of a stored document that a result belongs to; nothing: it stays as it is. */
  readonly change: ((stored: Document, result: Document) => Document) | undefined;
  readonly whenMatched: unknown;
  readonly whenNotMatched: string;
};

/** `$merge`: enters an aggregation's results into a collection, each by itself, in batches. */
export async function mergeResults(
  engine: Engine,
  databaseName: string,
  operand: unknown,
  results: Results,
): Promise<void> {
  const merge = compileMerge(operand, databaseName);
  await engine.read(undefined, ({ catalog }) => {
    const unique = catalog
      .get(merge.into)
      ?.indexes.filter(({ spec }) => spec.unique && spec.partial === undefined);
    const wanted = JSON.stringify([...merge.on].sort());
    const isKnown =
      wanted === '["_id"]' ||
      unique?.some(({ spec }) => JSON.stringify(spec.fields.map(([path]) => path).sort()) === wanted);
    if (isKnown !== true) {
      throw failure(51183, 'Cannot find index to verify that join fields will be unique');
    }
  });
  for (let batch = await results(); batch.length > 0; batch = await results()) {
    const documents = batch;
    await engine.write(undefined, (writer) => {
      for (const document of documents) mergeOne(writer, merge, document);
    });
  }
}

function compileMerge(operand: unknown, databaseName: string): Merge {
  const parts =
    typeof operand === 'string'
      ? { into: operand }
      : namedOperands('$merge', operand, ['into'], ['on', 'let', 'whenMatched', 'whenNotMatched']);
  const { on = '_id', whenMatched = 'merge', whenNotMatched = 'insert' } = parts as Document;
  const fields: unknown[] = Array.isArray(on) ? on : [on];
  if (fields.length === 0 || !fields.every((field) => typeof field === 'string')) {
    throw failure(51186, "'on' of $merge must be a field or several");
  }
  if (!['insert', 'discard', 'fail'].includes(String(whenNotMatched))) {
    throw failure(9, `'${String(whenNotMatched)}' is no mode of whenNotMatched`);
  }
  return {
    into: targetOf(parts.into, databaseName),
    on: fields as string[],
    change: compileChange(whenMatched, (parts as Document)['let']),
    whenMatched,
    whenNotMatched: String(whenNotMatched),
  };
}

const MERGE = [{ $replaceWith: { $mergeObjects: ['$$ROOT', '$$new'] } }];

function compileChange(whenMatched: unknown, variables: unknown): Merge['change'] {
  if (whenMatched === 'keepExisting' || whenMatched === 'fail') return undefined;
  if (whenMatched === 'replace') return (stored, result) => replaced(stored, result);
  if (whenMatched !== 'merge' && !Array.isArray(whenMatched)) {
    throw failure(51191, `'${String(whenMatched)}' is no mode of whenMatched`);
  }
  const pipeline: Document[] = Array.isArray(whenMatched) ? whenMatched : MERGE;
  const given = isDocument(variables) ? variables : {};
  const read = (): never => {
    throw unsupported('reading a collection in whenMatched');
  };
  return (stored, result) => {
    const [values = {}] = runPipeline({
      documents: [result],
      pipeline: [{ $replaceWith: { ...given, new: '$$ROOT' } }],
      read,
    });
    const [changed = {}] = runPipeline({ documents: [stored], pipeline, read, variables: values });
    return replaced(stored, changed);
  };
}

/** With its old `_id`, which no change may touch. */
function replaced(stored: Document, next: Document): Document {
  return compileReplacement(next, {}).apply(stored);
}

function mergeOne(writer: Writer, merge: Merge, given: Document): void {
  const result = merge.on.includes('_id') ? withId(given) : given;
  const keys = merge.on.map((field) => [field, keyOf(result, field)] as const);
  const row = storedRow(writer, merge.into, keys);
  if (row !== undefined) {
    if (merge.whenMatched === 'fail') {
      const pattern = Object.fromEntries(merge.on.map((field) => [field, 1]));
      throw duplicateKey(writer.namespace(merge.into), merge.on.join('_'), pattern, Object.fromEntries(keys));
    }
    if (merge.change !== undefined) replaceRow(writer, merge.into, row, merge.change(row.document, result));
  } else if (merge.whenNotMatched === 'insert') {
    insertRow(writer, merge.into, withId(result));
  } else if (merge.whenNotMatched === 'fail') {
    throw serverError(
      13113,
      'MergeStageNoMatchingDocument',
      '$merge could not find a matching document in the target collection for at least one document',
    );
  }
}

function storedRow(
  writer: Writer,
  name: string,
  keys: readonly (readonly [string, unknown])[],
): Row | undefined {
  const filter = { $and: keys.map(([field, value]) => ({ [field]: { $eq: value } })) };
  const [row] = findDocuments(writer, writer.catalog.get(name), { filter, limit: 1, isExact: true });
  return row;
}

function keyOf(result: Document, field: string): unknown {
  const value = fieldAt(result, field.split('.'));
  if (value !== null && value !== undefined && !Array.isArray(value)) return value;
  throw failure(51132, `$merge write error: 'on' field '${field}' cannot be missing, null or an array`);
}
