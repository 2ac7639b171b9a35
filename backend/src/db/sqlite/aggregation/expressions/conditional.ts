import { isDocument } from '../../values/bson.ts';
import { failure } from '../failure.ts';
import { isNullish, namedOperands, ofValues, operandsOf } from '../operator.ts';
import type { Operators } from '../operator.ts';
import { withVariables } from '../scope.ts';
import { isTruthy } from '../value-order.ts';

/** Conditions, and what decides which expression counts; the others are not evaluated. */
export const conditionalOperators: Operators = {
  $and: (operand, compile) => {
    const inner = operandsOf(operand).map((one) => compile(one));
    return (scope) => inner.every((evaluate) => isTruthy(evaluate(scope)));
  },
  $or: (operand, compile) => {
    const inner = operandsOf(operand).map((one) => compile(one));
    return (scope) => inner.some((evaluate) => isTruthy(evaluate(scope)));
  },
  $not: ofValues('$not', 1, (value) => !isTruthy(value)),

  $cond: (operand, compile) => {
    const parts = isDocument(operand)
      ? namedOperands('$cond', operand, ['if', 'then', 'else'], [])
      : Object.fromEntries(operandsOf(operand).map((part, at) => [['if', 'then', 'else'][at] ?? at, part]));
    if (Object.keys(parts).length !== 3) throw failure(16020, 'Expression $cond takes exactly 3 arguments');
    const [test, yes, no] = [parts['if'], parts['then'], parts['else']].map((part) => compile(part));
    return (scope) => (isTruthy(test?.(scope)) ? yes?.(scope) : no?.(scope));
  },

  $ifNull: (operand, compile) => {
    const inner = operandsOf(operand).map((one) => compile(one));
    if (inner.length < 2) throw failure(1257300, '$ifNull needs at least two arguments');
    return (scope) => {
      let value: unknown;
      for (const evaluate of inner) {
        value = evaluate(scope);
        if (!isNullish(value)) break;
      }
      return value;
    };
  },

  $switch: (operand, compile) => {
    const parts = namedOperands('$switch', operand, ['branches'], ['default']);
    const list = parts.branches;
    if (!Array.isArray(list) || list.length === 0)
      throw failure(40068, '$switch requires at least one branch');
    const branches = list.map((branch) => {
      const { case: test, then } = namedOperands('$switch', branch, ['case', 'then'], []);
      return [compile(test), compile(then)] as const;
    });
    const otherwise = 'default' in parts ? compile(parts.default) : undefined;
    return (scope) => {
      for (const [test, result] of branches) if (isTruthy(test(scope))) return result(scope);
      if (otherwise === undefined) {
        throw failure(40066, '$switch could not find a matching branch for an input, and has no default');
      }
      return otherwise(scope);
    };
  },

  $let: (operand, compile) => {
    const parts = namedOperands('$let', operand, ['vars', 'in'], []);
    if (!isDocument(parts.vars)) throw failure(16876, 'invalid parameter: expected an object (vars)');
    const variables = Object.entries(parts.vars).map(
      ([name, value]) => [variableName(name), compile(value)] as const,
    );
    const inner = compile(
      parts.in,
      variables.map(([name]) => name),
    );
    return (scope) =>
      inner(
        withVariables(
          scope,
          Object.fromEntries(variables.map(([name, evaluate]) => [name, evaluate(scope)])),
        ),
      );
  },

  $literal: (operand) => () => operand,
};

/** User variables begin with a small letter; the large ones are the system's. */
export function variableName(name: string): string {
  if (/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name)) return name;
  throw failure(16867, `'${name}' starts with an invalid character for a user variable name`);
}
