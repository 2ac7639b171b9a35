import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { unsupported } from '../driver/errors.ts';
import { accumulatorExpressions } from './accumulators/as-expressions.ts';
import { arithmeticOperators } from './expressions/arithmetic.ts';
import { arrayOperators } from './expressions/arrays.ts';
import { arrayLoopOperators } from './expressions/array-loops.ts';
import { arrayPickOperators } from './expressions/array-picks.ts';
import { comparisonOperators } from './expressions/comparison.ts';
import { conditionalOperators } from './expressions/conditional.ts';
import { conversionOperators } from './expressions/conversion.ts';
import { dateArithmeticOperators } from './expressions/date-arithmetic.ts';
import { datePartOperators } from './expressions/date-parts.ts';
import { dateTextOperators } from './expressions/date-text.ts';
import { mathOperators } from './expressions/math.ts';
import { objectOperators } from './expressions/objects.ts';
import { regexOperators } from './expressions/regex.ts';
import { setOperators } from './expressions/sets.ts';
import { stringOperators } from './expressions/strings.ts';
import { failure } from './failure.ts';
import { fieldAt, setField } from './field-path.ts';
import type { OperatorCompiler } from './operator.ts';
import { scopeOf } from './scope.ts';
import type { Evaluator } from './scope.ts';
import { isTruthy } from './value-order.ts';

const OPERATORS: Readonly<Record<string, OperatorCompiler>> = {
  ...accumulatorExpressions,
  ...arithmeticOperators,
  ...arrayLoopOperators,
  ...arrayOperators,
  ...arrayPickOperators,
  ...comparisonOperators,
  ...conditionalOperators,
  ...conversionOperators,
  ...dateArithmeticOperators,
  ...datePartOperators,
  ...dateTextOperators,
  ...mathOperators,
  ...objectOperators,
  ...regexOperators,
  ...setOperators,
  ...stringOperators,
};

const SYSTEM = new Set(['ROOT', 'CURRENT', 'REMOVE', 'NOW', 'KEEP', 'PRUNE', 'DESCEND']);
const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * Compiles an aggregation expression, whose numbers are exact.
 *
 * @param names the variables that may be used besides the system's own
 * @throws MongoServerError that names an operator or variable which is not known
 * @example compileExpression({ $add: ['$price', new Int32(1)] })(scopeOf(document, {}))
 */
export function compileExpression(expression: unknown, names: ReadonlySet<string> = NO_NAMES): Evaluator {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression, names);
  if (Array.isArray(expression)) {
    const items = expression.map((item) => compileExpression(item, names));
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDocument(expression)) return () => expression;
  const [first, ...others] = Object.keys(expression);
  if (first === undefined || !first.startsWith('$')) return compileObject(expression, names);
  if (others.length > 0) {
    throw failure(15983, `an expression must have exactly one field: ${first}, ${others.join(', ')}`);
  }
  const compile = Object.hasOwn(OPERATORS, first) ? OPERATORS[first] : undefined;
  if (compile === undefined) throw unsupported(`the aggregation expression ${first}`);
  return compile(expression[first], (inner, added = []) =>
    compileExpression(inner, added.length === 0 ? names : new Set([...names, ...added])),
  );
}

function compilePath(path: string, names: ReadonlySet<string>): Evaluator {
  if (!path.startsWith('$$')) {
    const parts = checkParts(path.slice(1), path);
    const [only = ''] = parts;
    return parts.length === 1
      ? ({ current }) => (isDocument(current) && Object.hasOwn(current, only) ? current[only] : undefined)
      : ({ current }) => fieldAt(current, parts);
  }
  const [name = '', ...rest] = checkParts(path.slice(2), path);
  if (!SYSTEM.has(name) && !names.has(name)) throw failure(17276, `Use of undefined variable: ${name}`);
  const inside = (value: unknown): unknown => (rest.length === 0 ? value : fromVariable(value, rest));
  switch (name) {
    case 'ROOT':
      return ({ root }) => inside(root);
    case 'CURRENT':
      return ({ current }) => inside(current);
    case 'REMOVE':
      return () => undefined;
    case 'KEEP':
    case 'PRUNE':
    case 'DESCEND':
      return () => name.toLowerCase();
    default:
      return ({ variables }) => inside(variables[name]);
  }
}

/** A variable may hold an array, whose documents the path goes through. */
function fromVariable(value: unknown, parts: readonly string[]): unknown {
  return fieldAt({ value }, ['value', ...parts]);
}

function checkParts(path: string, whole: string): string[] {
  const parts = path.split('.');
  if (parts.includes('')) throw failure(15998, `'${whole}' is no valid field path`);
  if (parts.some((part) => part.startsWith('$'))) {
    throw failure(16410, `a field path must not begin with $: '${whole}'`);
  }
  return parts;
}

function compileObject(expression: Document, names: ReadonlySet<string>): Evaluator {
  const fields = Object.entries(expression).map(([name, value]) => {
    if (name.startsWith('$') || name.includes('.')) {
      throw failure(16405, `'${name}' is no field name in an expression`);
    }
    return [name, compileExpression(value, names)] as const;
  });
  return (scope) => {
    const result: Document = {};
    for (const [name, value] of fields) setField(result, name, value(scope));
    return result;
  };
}

/** Compiles what stands under `$expr` in a filter, which knows no variables but those given. */
export function compileExpr(
  variables: Readonly<Record<string, unknown>> = {},
): (expression: unknown) => (document: Document) => boolean {
  // Made for the first that asks: most filters have none.
  let known: { names: Set<string>; now: Readonly<Record<string, unknown>> } | undefined;
  return (expression) => {
    const { names, now } = (known ??= {
      names: new Set(Object.keys(variables)),
      now: { ...variables, NOW: new Date() },
    });
    const evaluate = compileExpression(expression, names);
    return (document) => isTruthy(evaluate(scopeOf(document, now)));
  };
}
