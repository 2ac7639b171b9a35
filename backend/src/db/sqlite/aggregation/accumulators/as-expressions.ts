import { operandsOf, namedOperands } from '../operator.ts';
import type { Compile, OperatorCompiler, Operators } from '../operator.ts';
import type { Scope } from '../scope.ts';
import type { AccumulatorCompiler } from './accumulator.ts';
import { checkMethod, compileRanks, numericAccumulators, percentiles } from './numeric.ts';
import { pickingAccumulators } from './picking.ts';

/** Accumulators outside of groups: over the operands, or the elements of the only one. */
export const accumulatorExpressions: Operators = {
  $sum: overOperands(numericAccumulators['$sum']),
  $avg: overOperands(numericAccumulators['$avg']),
  $stdDevPop: overOperands(numericAccumulators['$stdDevPop']),
  $stdDevSamp: overOperands(numericAccumulators['$stdDevSamp']),
  $min: overOperands(pickingAccumulators['$min']),
  $max: overOperands(pickingAccumulators['$max']),
  $percentile: (operand, compile) => {
    const parts = namedOperands('$percentile', operand, ['input', 'p', 'method'], []);
    checkMethod('$percentile', parts.method);
    const ranks = compileRanks(parts.p, compile);
    const values = elements(parts.input, compile);
    return (scope) => percentiles(values(scope), ranks(scope));
  },
  $median: (operand, compile) => {
    const parts = namedOperands('$median', operand, ['input', 'method'], []);
    checkMethod('$median', parts.method);
    const values = elements(parts.input, compile);
    return (scope) => percentiles(values(scope), [0.5])[0];
  },
};

function overOperands(compiler: AccumulatorCompiler | undefined): OperatorCompiler {
  return (operand, compile) => {
    const values = elements(operand, compile);
    const gathering = compiler?.('$$CURRENT', compile);
    return (scope) => {
      const accumulator = gathering?.start(scope);
      for (const value of values(scope)) accumulator?.add(value);
      return accumulator?.result();
    };
  };
}

/** The values of several operands; of a single one its elements, where it is an array. */
function elements(operand: unknown, compile: Compile): (scope: Scope) => readonly unknown[] {
  const operands = operandsOf(operand).map((one) => compile(one));
  const [first] = operands;
  if (operands.length !== 1 || first === undefined) return (scope) => operands.map((one) => one(scope));
  return (scope) => {
    const value = first(scope);
    return Array.isArray(value) ? value : [value];
  };
}
