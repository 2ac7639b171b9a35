import { Aggregator, Context } from 'mingo';
import { evalExpr } from 'mingo/core';
import { Lazy } from 'mingo/lazy';
import type { Options, PipelineOperator } from 'mingo/types';
import * as accumulatorOperators from 'mingo/operators/accumulator';
import * as expressionOperators from 'mingo/operators/expression';
import * as pipelineOperators from 'mingo/operators/pipeline';
import * as projectionOperators from 'mingo/operators/projection';
import * as windowOperators from 'mingo/operators/window';
import { Decimal128, Long, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { serverError, unsupported } from '../driver/errors.ts';
import { compileFilter } from '../search/matcher.ts';
import { parseSort, sortDocuments } from '../search/sort-order.ts';

type Accumulator = (items: unknown[], expression: unknown, options: Options) => unknown;
type Expression = (document: unknown, expression: unknown, options: Options) => unknown;

/** mingo's operators, those apart whose meaning depends on BSON's types: they compare as the filters do. */
const { $out: _out, $merge: _merge, ...readingStages } = pipelineOperators;
const context = Context.init({
  accumulator: {
    ...accumulatorOperators,
    $sum: exactNumbers((numbers) => numbers.reduce((sum, number) => sum + number, 0)),
    $avg: exactNumbers((numbers) =>
      numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length,
    ),
  } as typeof accumulatorOperators,
  expression: {
    ...expressionOperators,
    $eq: comparison((a, b) => equalValues(a, b)),
    $ne: comparison((a, b) => !equalValues(a, b)),
    $gt: comparison((a, b) => compareValues(a, b) > 0),
    $gte: comparison((a, b) => compareValues(a, b) >= 0),
    $lt: comparison((a, b) => compareValues(a, b) < 0),
    $lte: comparison((a, b) => compareValues(a, b) <= 0),
    $cmp: comparison((a, b) => Math.sign(compareValues(a, b))),
  } as typeof expressionOperators,
  pipeline: { ...readingStages, $match: match, $sort: sort } as unknown as typeof pipelineOperators,
  projection: projectionOperators,
  window: windowOperators,
});

export type CollectionReader = (name: string) => Document[];

/** Evaluates an aggregation expression (`$expr`) on one document. */
export function evaluate(expression: unknown, document: Document): unknown {
  return evalExpr(document, expression, computeOptions());
}

/**
 * Runs aggregation stages over documents.
 *
 * @throws MongoServerError that names a stage or operator which is not supported
 */
export function runPipeline(
  documents: Document[],
  pipeline: readonly Document[],
  collections: CollectionReader,
  variables: Document = {},
): Document[] {
  for (const stage of pipeline) {
    const [name = ''] = Object.keys(stage);
    if (!(name in pipelineOperators) || name === '$out' || name === '$merge') {
      throw unsupported(`the aggregation stage ${name}`);
    }
  }
  try {
    const options = { ...computeOptions(), variables, collectionResolver: collections };
    return new Aggregator([...pipeline], options).run(documents) as Document[];
  } catch (error) {
    throw explain(error);
  }
}

function computeOptions(): Options {
  return {
    idKey: '_id',
    processingMode: 0,
    useStrictMode: true,
    scriptEnabled: false,
    failOnError: true,
    context,
  };
}

/** mingo's own complaints, as the server errors that applications expect. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error) || 'code' in error) return error;
  if (/not registered|unregistered|unknown|not support/i.test(error.message))
    return unsupported(error.message);
  return serverError(9, 'FailedToParse', error.message);
}

function match(source: Parameters<PipelineOperator>[0], filter: Document, options: Options): typeof source {
  const matches = compileFilter(normalise(filter), (expression, document) =>
    evalExpr(document, expression, options),
  );
  return source.filter((document) => matches(document as Document));
}

function sort(source: Parameters<PipelineOperator>[0], spec: Document): typeof source {
  const order = parseSort(spec);
  return source.transform((documents) =>
    Lazy(sortDocuments(documents as Document[], order, (document) => document)),
  );
}

function comparison(test: (a: unknown, b: unknown) => unknown): Expression {
  return (document, expression, options) => {
    const [a, b] = evalExpr(document, expression, options) as unknown[];
    return test(a, b);
  };
}

/** Adding Long or Decimal128 as doubles would silently lose digits. */
function exactNumbers(fold: (numbers: number[]) => number | null): Accumulator {
  return (items, expression, options) => {
    const values = accumulatorOperators.$push(items, expression, options) as unknown[];
    if (values.some((value) => value instanceof Long || value instanceof Decimal128)) {
      throw unsupported('adding up Long or Decimal128 values in a pipeline');
    }
    return fold(values.filter((value): value is number => typeof value === 'number'));
  };
}
