import { asNumber, Decimal128, Double, isDocument } from '../../values/bson.ts';
import { decimalResult, divideScaled } from '../../values/decimal.ts';
import { unsupported } from '../../driver/errors.ts';
import { failure } from '../failure.ts';
import { double, integer } from '../numbers.ts';
import { namedOperands } from '../operator.ts';
import type { Compile } from '../operator.ts';
import type { Evaluator } from '../scope.ts';
import { listing, overList, overValues } from './accumulator.ts';
import type { Accumulator, AccumulatorCompiler } from './accumulator.ts';
import { ExactSum } from './exact-sum.ts';

/** Sums, averages and what else is worked out of numbers; other values do not count. */
export const numericAccumulators: Readonly<Record<string, AccumulatorCompiler>> = {
  $sum: overValues(startSum),
  $avg: overValues(startAverage),
  $stdDevPop: overList((values) => deviation(values, 0)),
  $stdDevSamp: overList((values) => deviation(values, 1)),
  $count: (operand) => {
    if (!isDocument(operand) || Object.keys(operand).length > 0) {
      throw failure(40020, '$count takes no arguments, i.e. $count: {}');
    }
    return { input: () => integer(1), start: startSum };
  },
  $percentile: (operand, compile) => {
    const parts = namedOperands('$percentile', operand, ['input', 'p', 'method'], []);
    checkMethod('$percentile', parts.method);
    const ranks = compileRanks(parts.p, compile);
    return {
      input: compile(parts.input),
      start: (group) => listing((values) => percentiles(values, ranks(group))),
    };
  },
  $median: (operand, compile) => {
    const parts = namedOperands('$median', operand, ['input', 'method'], []);
    checkMethod('$median', parts.method);
    return { input: compile(parts.input), start: () => listing((values) => percentiles(values, [0.5])[0]) };
  },
};

function startSum(): Accumulator {
  const sum = new ExactSum();
  return { add: (value) => sum.add(value), result: () => sum.result() };
}

function startAverage(): Accumulator {
  const sum = new ExactSum();
  return { add: (value) => sum.add(value), result: () => average(sum) };
}

function average(sum: ExactSum): unknown {
  if (sum.count === 0) return null;
  const total = sum.wide();
  if (total instanceof Decimal128) {
    return decimalResult(total, integer(sum.count), divideScaled, (a, b) => a / b);
  }
  return double((asNumber(total) ?? NaN) / sum.count);
}

/** @param lost degrees of freedom that the mean took: 0 of a population, 1 of a sample */
function deviation(values: readonly unknown[], lost: 0 | 1): unknown {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    const number = asNumber(value);
    if (number === undefined) continue;
    count += 1;
    const step = number - mean;
    mean += step / count;
    squares += step * (number - mean);
  }
  return count <= lost ? null : double(Math.sqrt(squares / (count - lost)));
}

/** The values at or above the given shares of all numbers; null where there are no numbers. */
export function percentiles(values: readonly unknown[], ranks: readonly number[]): unknown[] {
  const numbers = values.map(asNumber).filter((number) => number !== undefined);
  const sorted = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
  return ranks.map((rank) => {
    const found = sorted[Math.max(0, Math.ceil(sorted.length * rank) - 1)];
    return found === undefined ? null : new Double(found);
  });
}

export function compileRanks(p: unknown, compile: Compile): (scope: Parameters<Evaluator>[0]) => number[] {
  const evaluate = compile(p);
  return (scope) => {
    const given = evaluate(scope);
    const ranks = (Array.isArray(given) ? given : []).map(asNumber).filter((rank) => rank !== undefined);
    const isFine = Array.isArray(given) && ranks.length === given.length && ranks.length > 0;
    if (!isFine || ranks.some((rank) => rank < 0 || rank > 1)) {
      throw failure(7750301, "$percentile requires 'p' to be an array of numbers between 0 and 1");
    }
    return ranks;
  };
}

export function checkMethod(name: string, method: unknown): void {
  if (method === 'approximate') return;
  if (method === 'discrete' || method === 'continuous')
    throw unsupported(`the method '${method}' of ${name}`);
  throw failure(7750301, `${name} requires 'method' to be 'approximate'`);
}
