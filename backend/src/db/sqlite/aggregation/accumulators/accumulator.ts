import type { Compile } from '../operator.ts';
import type { Evaluator, Scope } from '../scope.ts';

/** What one group gathers. */
export type Accumulator = {
  readonly add: (value: unknown) => void;
  readonly result: () => unknown;
};

/** A compiled accumulator: what it takes of each document, and a fresh one for each group. */
export type Gathering = {
  readonly input: Evaluator;
  /** @param group the scope of the group's `_id`, which counts (`n`) may depend on */
  readonly start: (group: Scope) => Accumulator;
};

export type AccumulatorCompiler = (operand: unknown, compile: Compile) => Gathering;

/** An accumulator over the values of one expression. */
export function overValues(start: () => Accumulator): AccumulatorCompiler {
  return (operand, compile) => ({ input: compile(operand), start });
}

/** One that keeps all values and works out its result at the end. */
export function overList(finish: (values: unknown[]) => unknown): AccumulatorCompiler {
  return overValues(() => listing(finish));
}

export function listing(finish: (values: unknown[]) => unknown): Accumulator {
  const values: unknown[] = [];
  return { add: (value) => values.push(value), result: () => finish(values) };
}
