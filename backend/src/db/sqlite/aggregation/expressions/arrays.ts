import { isDocument } from '../../values/bson.ts';
import { failure } from '../failure.ts';
import { setField } from '../field-path.ts';
import { integer, wholeOf } from '../numbers.ts';
import { isNullish, namedOperands, nullable, ofValues } from '../operator.ts';
import type { Operators } from '../operator.ts';
import { compareResults, isTruthy } from '../value-order.ts';

/** Arrays as a whole: joined, measured, turned around, made from something else. */
export const arrayOperators: Operators = {
  $isArray: ofValues('$isArray', 1, Array.isArray),
  $size: ofValues('$size', 1, (value) => integer(arrayOf('$size', value).length)),
  $concatArrays: nullable('$concatArrays', [0, Infinity], (...values) =>
    values.flatMap((value) => arrayOf('$concatArrays', value)),
  ),
  $reverseArray: nullable('$reverseArray', 1, (value) => arrayOf('$reverseArray', value).toReversed()),
  $in: ofValues('$in', 2, (value, list) =>
    arrayOf('$in', list).some((item) => compareResults(item, value) === 0),
  ),
  $indexOfArray: ofValues('$indexOfArray', [2, 4], (list, value, start, end) => {
    if (isNullish(list)) return null;
    const items = arrayOf('$indexOfArray', list);
    const from = start === undefined ? 0 : bound('$indexOfArray', start);
    const to = end === undefined ? items.length : Math.min(bound('$indexOfArray', end), items.length);
    for (let at = from; at < to; at++) if (compareResults(items[at], value) === 0) return integer(at);
    return integer(-1);
  }),

  $arrayToObject: nullable('$arrayToObject', 1, (value) => {
    const result = {};
    for (const pair of arrayOf('$arrayToObject', value)) {
      const [name, inner] = pairOf(pair);
      if (typeof name !== 'string') throw failure(40395, '$arrayToObject requires a string as key');
      setField(result, name, inner);
    }
    return result;
  }),
  $objectToArray: nullable('$objectToArray', 1, (value) => {
    if (!isDocument(value)) throw failure(40390, '$objectToArray requires a document input');
    return Object.entries(value).map(([k, v]) => ({ k, v }));
  }),

  $range: ofValues('$range', [2, 3], (start, end, step = integer(1)) => {
    const [from, to, by] = [start, end, step].map((value) => wholeOf('$range', value));
    if (from === undefined || to === undefined || !by) throw failure(34449, '$range requires a step');
    const count = Math.max(Math.ceil((to - from) / by), 0);
    return Array.from({ length: count }, (_, at) => integer(from + at * by));
  }),

  $zip: (operand, compile) => {
    const parts = namedOperands('$zip', operand, ['inputs'], ['useLongestLength', 'defaults']);
    const inputs = compile(parts.inputs);
    const longest = compile(parts.useLongestLength ?? false);
    const defaults = compile(parts.defaults ?? null);
    return (scope) => {
      const lists = arrayOf('$zip', inputs(scope));
      if (lists.some(isNullish)) return null;
      const arrays = lists.map((list) => arrayOf('$zip', list));
      const lengths = arrays.map((list) => list.length);
      const isLongest = isTruthy(longest(scope));
      const fill = defaults(scope);
      if (!isNullish(fill) && !isLongest) {
        throw failure(34466, 'cannot specify defaults unless useLongestLength is true');
      }
      const filler = isNullish(fill) ? [] : arrayOf('$zip', fill);
      const length = lengths.length === 0 ? 0 : isLongest ? Math.max(...lengths) : Math.min(...lengths);
      return Array.from({ length }, (_, at) =>
        arrays.map((list, which) => (at < list.length ? list[at] : (filler[which] ?? null))),
      );
    };
  },
};

/** An array; anything else is refused in the operator's name. */
export function arrayOf(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw failure(name === '$in' ? 40081 : 17124, `The argument to ${name} must be an array`);
}

function bound(name: string, value: unknown): number {
  const at = wholeOf(name, value);
  if (at < 0) throw failure(40097, `${name} requires a nonnegative index`);
  return at;
}

function pairOf(pair: unknown): [unknown, unknown] {
  if (Array.isArray(pair) && pair.length === 2) return [pair[0], pair[1]];
  if (isDocument(pair) && Object.keys(pair).length === 2 && 'k' in pair && 'v' in pair) {
    return [pair['k'], pair['v']];
  }
  throw failure(40386, '$arrayToObject requires pairs: [key, value] or { k, v }');
}
