import { isDocument } from '../../values/bson.ts';
import { failure } from '../failure.ts';
import { wholeOf } from '../numbers.ts';
import { isNullish, namedOperands } from '../operator.ts';
import type { Operators } from '../operator.ts';
import { parseSort, sortDocuments } from '../../search/sort-order.ts';
import { withVariables } from '../scope.ts';
import { compareResults, isTruthy } from '../value-order.ts';
import { arrayOf } from './arrays.ts';
import { variableName } from './conditional.ts';

/** What goes over the elements of an array with an expression or an order of its own. */
export const arrayLoopOperators: Operators = {
  $map: (operand, compile) => {
    const parts = namedOperands('$map', operand, ['input', 'in'], ['as']);
    const name = nameOf(parts.as);
    const input = compile(parts.input);
    const change = compile(parts.in, [name]);
    return (scope) => {
      const items = input(scope);
      if (isNullish(items)) return null;
      return arrayOf('$map', items).map((item) => change(withVariables(scope, { [name]: item })) ?? null);
    };
  },

  $filter: (operand, compile) => {
    const parts = namedOperands('$filter', operand, ['input', 'cond'], ['as', 'limit']);
    const name = nameOf(parts.as);
    const input = compile(parts.input);
    const test = compile(parts.cond, [name]);
    const limit = compile(parts.limit ?? null);
    return (scope) => {
      const items = input(scope);
      if (isNullish(items)) return null;
      const most = limit(scope);
      const count = isNullish(most) ? Infinity : wholeOf('$filter', most);
      if (count < 1) throw failure(327392, '$filter: limit must be greater than 0');
      const kept: unknown[] = [];
      for (const item of arrayOf('$filter', items)) {
        if (isTruthy(test(withVariables(scope, { [name]: item })))) kept.push(item);
        if (kept.length >= count) break;
      }
      return kept;
    };
  },

  $reduce: (operand, compile) => {
    const parts = namedOperands('$reduce', operand, ['input', 'initialValue', 'in'], []);
    const input = compile(parts.input);
    const initial = compile(parts.initialValue);
    const step = compile(parts.in, ['this', 'value']);
    return (scope) => {
      const items = input(scope);
      if (isNullish(items)) return null;
      return arrayOf('$reduce', items).reduce(
        (value: unknown, item) => step(withVariables(scope, { this: item, value })),
        initial(scope),
      );
    };
  },

  $sortArray: (operand, compile) => {
    const parts = namedOperands('$sortArray', operand, ['input', 'sortBy'], []);
    const input = compile(parts.input);
    const order = elementOrder(parts.sortBy);
    return (scope) => {
      const items = input(scope);
      return isNullish(items) ? null : order(arrayOf('$sortArray', items));
    };
  },
};

function elementOrder(sortBy: unknown): (items: readonly unknown[]) => unknown[] {
  const [[path, direction] = ['', 1]] = isDocument(sortBy) ? [] : parseSort({ value: sortBy });
  if (path !== '') return (items) => items.toSorted((a, b) => compareResults(a, b) * direction);
  const sort = parseSort(sortBy);
  return (items) => sortDocuments([...items], sort, (item) => (isDocument(item) ? item : {}));
}

function nameOf(as: unknown): string {
  if (as === undefined) return 'this';
  if (typeof as !== 'string') throw failure(16866, "'as' must be a string");
  return variableName(as);
}
