import { failure } from '../failure.ts';
import { wholeOf } from '../numbers.ts';
import { isNullish, ofNamed, ofValues } from '../operator.ts';
import type { OperatorCompiler, Operators } from '../operator.ts';
import { compareResults } from '../value-order.ts';
import { arrayOf } from './arrays.ts';

/** Elements by their place or their rank. */
export const arrayPickOperators: Operators = {
  $arrayElemAt: ofValues('$arrayElemAt', 2, (list, place) => {
    if (isNullish(list) || isNullish(place)) return null;
    return arrayOf('$arrayElemAt', list).at(wholeOf('$arrayElemAt', place));
  }),
  $first: ofValues('$first', 1, (list) => (isNullish(list) ? null : arrayOf('$first', list)[0])),
  $last: ofValues('$last', 1, (list) => (isNullish(list) ? null : arrayOf('$last', list).at(-1))),

  $slice: ofValues('$slice', [2, 3], (list, first, second) => {
    if ([list, first].some(isNullish) || second === null) return null;
    const items = arrayOf('$slice', list);
    const from = wholeOf('$slice', first);
    if (second === undefined) return from < 0 ? items.slice(from) : items.slice(0, from);
    const count = wholeOf('$slice', second);
    if (count <= 0) throw failure(28729, 'Third argument to $slice must be positive');
    const start = from < 0 ? Math.max(items.length + from, 0) : from;
    return items.slice(start, start + count);
  }),

  $firstN: picks('$firstN', (items, n) => items.slice(0, n)),
  $lastN: picks('$lastN', (items, n) => items.slice(-n)),
  $maxN: picks('$maxN', (items, n) => ranked(items, -1).slice(0, n)),
  $minN: picks('$minN', (items, n) => ranked(items, 1).slice(0, n)),
};

/** How many of something: a positive whole number. */
export function countOf(name: string, n: unknown): number {
  const count = wholeOf(name, n);
  if (count < 1) throw failure(5787908, `${name}: 'n' must be greater than 0`);
  return count;
}

/** What is not null, in order. */
export function ranked(items: readonly unknown[], direction: 1 | -1): unknown[] {
  return items.filter((item) => !isNullish(item)).toSorted((a, b) => compareResults(a, b) * direction);
}

function picks(name: string, pick: (items: unknown[], n: number) => unknown[]): OperatorCompiler {
  return ofNamed(name, ['input', 'n'], [], ({ input, n }) => {
    if (!Array.isArray(input)) throw failure(5788200, `${name}: 'input' must be an array`);
    return pick(input, countOf(name, n));
  });
}
