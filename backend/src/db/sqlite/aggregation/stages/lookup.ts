import { BSONRegExp, isDocument } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { unsupported } from '../../driver/errors.ts';
import { failure } from '../failure.ts';
import { withField } from '../field-path.ts';
import { variableName } from '../expressions/conditional.ts';
import { correlatedEqualities } from '../correlated-match.ts';
import { foreignKeys, groupByKeys, localKeys } from '../join-keys.ts';
import { namedOperands } from '../operator.ts';
import { scopeOf } from '../scope.ts';
import type { Evaluator } from '../scope.ts';
import { splitPipeline } from '../split-pipeline.ts';
import type { Compiler, StageRun, Stages } from '../stage.ts';

const OPTIONAL = ['from', 'localField', 'foreignField', 'let', 'pipeline'] as const;

/** Few at first: whoever needs only the first documents should not wait for many. */
const FIRST_BATCH = 8;
const LARGEST_BATCH = 256;

/** Joins another collection by its indexes. */
export const lookupStages: Stages = {
  $lookup: (operand, compiler) => {
    const parts = namedOperands('$lookup', operand, ['as'], OPTIONAL);
    const { as, from, localField, foreignField } = parts;
    if (isDocument(from)) throw unsupported('$lookup from another database');
    if (typeof as !== 'string' || as === '' || as.startsWith('$')) {
      throw failure(16410, "the 'as' of $lookup must be a field name");
    }
    const hasFields = localField !== undefined || foreignField !== undefined;
    if (hasFields && (typeof localField !== 'string' || typeof foreignField !== 'string')) {
      throw failure(9, '$lookup requires both or neither of localField and foreignField');
    }
    if (!hasFields && parts.pipeline === undefined) {
      throw failure(9, "$lookup requires either 'pipeline' or both 'localField' and 'foreignField'");
    }
    if (from !== undefined && typeof from !== 'string')
      throw failure(9, "'from' of $lookup must be a string");
    const inner = compileInner(parts.let, parts.pipeline ?? [], from, compiler);
    const joined =
      typeof localField === 'string' && typeof foreignField === 'string' && from !== undefined
        ? byFields(from, localField, foreignField, inner)
        : byPipeline(inner);
    const place = as.split('.');
    return function* (documents, run) {
      for (const [document, found] of joined(documents, run)) yield withField(document, place, found);
    };
  },
};

type Inner = {
  /** The joined documents of one document, out of those given or of the whole collection. */
  readonly run: (document: Document, run: StageRun, among?: Iterable<Document>) => Document[];
  readonly isEmpty: boolean;
  /** Whether every document is joined with the same ones. */
  readonly isConstant: boolean;
};
type Join = (documents: Iterable<Document>, run: StageRun) => Iterable<[Document, Document[]]>;

function compileInner(
  letSpec: unknown,
  pipeline: unknown,
  from: string | undefined,
  { expression, pipeline: compilePipeline }: Compiler,
): Inner {
  if (!Array.isArray(pipeline)) throw failure(9, "'pipeline' of $lookup must be an array");
  const variables: (readonly [string, Evaluator])[] = Object.entries(isDocument(letSpec) ? letSpec : {}).map(
    ([name, value]) => [variableName(name), expression(value)],
  );
  const names = variables.map(([name]) => name);
  const { request, rest } = splitPipeline(pipeline as Document[]);
  const whole = compilePipeline(pipeline, names);
  const afterRead = compilePipeline(rest, names);
  const equalities = correlatedEqualities(rest[0], (inner) => expression(inner, names));
  return {
    isEmpty: pipeline.length === 0,
    isConstant: variables.length === 0,
    run: (document, run, among) => {
      const scope = scopeOf(document, run.variables);
      const given = Object.fromEntries(variables.map(([name, evaluate]) => [name, evaluate(scope)]));
      const inside = { ...run, variables: { ...run.variables, ...given } };
      if (among !== undefined) return [...whole(among, inside)];
      if (from === undefined) return [...whole([], inside)];
      const narrowed = isCut(request) ? request : narrow(request, equalities(inside.variables));
      return [...afterRead(run.read(from, narrowed), inside)];
    },
  };
}

function isCut({ skip, limit }: { readonly skip?: number; readonly limit?: number }): boolean {
  return skip !== undefined || limit !== undefined;
}

function narrow<R extends { readonly filter: Document }>(request: R, more: readonly Document[]): R {
  return more.length === 0 ? request : { ...request, filter: { $and: [request.filter, ...more] } };
}

function byPipeline(inner: Inner): Join {
  return function* (documents, run) {
    let constant: Document[] | undefined;
    for (const document of documents) {
      const found: Document[] = constant ?? inner.run(document, run);
      if (inner.isConstant) constant = found;
      yield [document, found];
    }
  };
}

/** Looks up the keys of many documents at once. */
function byFields(from: string, localField: string, foreignField: string, inner: Inner): Join {
  const join = function* (batch: readonly Document[], run: StageRun): Generator<[Document, Document[]]> {
    const wanted = batch.map((document) => localKeys(document, localField));
    const values = new Map(wanted.flatMap((keys) => [...keys]));
    // A regular expression in a document is a value, in a filter it would be a pattern.
    const hasPattern = [...values.values()].some((value) => value instanceof BSONRegExp);
    const filter = hasPattern ? {} : { [foreignField]: { $in: [...values.values()] } };
    const found = groupByKeys(run.read(from, { filter }), (document) => foreignKeys(document, foreignField));
    for (const [at, document] of batch.entries()) {
      const matches = found(wanted[at]?.keys() ?? []);
      yield [document, inner.isEmpty ? matches : inner.run(document, run, matches)];
    }
  };
  return function* (documents, run) {
    let batch: Document[] = [];
    let size = FIRST_BATCH;
    for (const document of documents) {
      batch.push(document);
      if (batch.length < size) continue;
      yield* join(batch, run);
      batch = [];
      size = Math.min(size * 4, LARGEST_BATCH);
    }
    yield* join(batch, run);
  };
}
