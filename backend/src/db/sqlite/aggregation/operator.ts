import { isDocument } from '../values/bson.ts';
import { unsupported } from '../driver/errors.ts';
import { failure } from './failure.ts';
import type { Evaluator } from './scope.ts';

/** Compiles an inner expression, which may use the names that the operator adds. */
export type Compile = (expression: unknown, added?: readonly string[]) => Evaluator;
export type OperatorCompiler = (operand: unknown, compile: Compile) => Evaluator;
export type Operators = Readonly<Record<string, OperatorCompiler>>;

/** The operands of an operator that takes a list, or one operand without the list. */
export function operandsOf(operand: unknown): unknown[] {
  return Array.isArray(operand) ? operand : [operand];
}

/**
 * An operator that works on its operands' values.
 *
 * @param counts how many operands it takes: exactly, or from and to
 */
export function ofValues(
  name: string,
  counts: number | readonly [least: number, most: number],
  work: (...values: unknown[]) => unknown,
): OperatorCompiler {
  const [least, most] = typeof counts === 'number' ? [counts, counts] : counts;
  return (operand, compile) => {
    const operands = operandsOf(operand);
    if (operands.length < least || operands.length > most) {
      throw failure(16020, `Expression ${name} takes ${least} to ${most} arguments, not ${operands.length}`);
    }
    const inner = operands.map((one) => compile(one));
    const [first] = inner;
    if (inner.length === 1 && first !== undefined) return (scope) => work(first(scope));
    return (scope) => work(...inner.map((evaluate) => evaluate(scope)));
  };
}

/** The same for operators that are null as soon as one of their operands is null or missing. */
export function nullable(
  name: string,
  counts: number | readonly [least: number, most: number],
  work: (...values: unknown[]) => unknown,
): OperatorCompiler {
  return ofValues(name, counts, (...values) => (values.some(isNullish) ? null : work(...values)));
}

/**
 * An operator whose operands have names.
 *
 * @param work gets the values, `undefined` where one was not given or is missing
 */
export function ofNamed<Name extends string>(
  name: string,
  required: readonly Name[],
  optional: readonly Name[],
  work: (values: Readonly<Record<Name, unknown>>, given: ReadonlySet<string>) => unknown,
): OperatorCompiler {
  return (operand, compile) => {
    const fields = namedOperands(name, operand, required, optional);
    const inner = [...required, ...optional]
      .filter((field) => field in fields)
      .map((field) => [field, compile(fields[field])] as const);
    const given = new Set<string>(Object.keys(fields));
    return (scope) => {
      const values: Partial<Record<Name, unknown>> = {};
      for (const [field, evaluate] of inner) values[field] = evaluate(scope);
      return work(values as Record<Name, unknown>, given);
    };
  };
}

/** The named operands as written, each of them known, none that is required missing. */
export function namedOperands<Name extends string>(
  name: string,
  operand: unknown,
  required: readonly Name[],
  optional: readonly Name[],
): Partial<Record<Name, unknown>> {
  if (!isDocument(operand)) throw failure(28646, `${name} only supports an object as its argument`);
  for (const field of Object.keys(operand)) {
    if (![...required, ...optional].some((known) => known === field)) {
      throw unsupported(`the argument '${field}' of ${name}`);
    }
  }
  for (const field of required) {
    if (!(field in operand)) throw failure(28648, `Missing '${field}' parameter to ${name}`);
  }
  return operand as Partial<Record<Name, unknown>>;
}

export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
