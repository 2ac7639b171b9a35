import { Aggregator, Context } from 'mingo';
import { evalExpr } from 'mingo/core';
import { Lazy } from 'mingo/lazy';
import type { Options } from 'mingo/types';
import * as accumulatorOperators from 'mingo/operators/accumulator';
import * as expressionOperators from 'mingo/operators/expression';
import * as pipelineOperators from 'mingo/operators/pipeline';
import * as projectionOperators from 'mingo/operators/projection';
import * as windowOperators from 'mingo/operators/window';
import { Decimal128, Long, normalise, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { serverError, unsupported } from '../driver/errors.ts';
import type { StageCompiler } from './run-pipeline.ts';

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
  pipeline: readingStages as unknown as typeof pipelineOperators,
  projection: projectionOperators,
  window: windowOperators,
});

/** Evaluates an aggregation expression (`$expr`) on one document. */
export function evaluate(expression: unknown, document: Document, variables: Document = {}): unknown {
  const [given, known] = [promote({ expression }), promote(variables)];
  return evalExpr(promote(document), given['expression'], { ...computeOptions(), variables: known });
}

/** A stage that mingo runs, on numbers as applications see them. */
export function mingoStage(name: string): StageCompiler {
  const run = name in readingStages ? (readingStages as Record<string, unknown>)[name] : undefined;
  if (run === undefined) throw unsupported(`the aggregation stage ${name}`);
  return (operand, { read, variables }) => {
    const options = {
      ...computeOptions(),
      variables: promote(variables),
      collectionResolver: (collection: string) => Array.from(read(collection, { filter: {} }), promote),
    };
    const stage = { [name]: promote({ operand })['operand'] };
    return function* (documents) {
      const input = Lazy(map(documents, promote));
      const output = new Aggregator([stage], options).stream(input);
      for (const document of asServerErrors(output as Iterable<unknown>))
        yield normalise(document as Document);
    };
  };
}

function* map<A, B>(items: Iterable<A>, change: (item: A) => B): Generator<B> {
  for (const item of items) yield change(item);
}

function* asServerErrors(items: Iterable<unknown>): Generator<unknown> {
  try {
    yield* items;
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
