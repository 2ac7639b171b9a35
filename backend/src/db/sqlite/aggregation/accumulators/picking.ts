import { countOf, ranked } from '../expressions/array-picks.ts';
import { mergeDocuments } from '../expressions/objects.ts';
import { setOf } from '../expressions/sets.ts';
import { namedOperands, isNullish } from '../operator.ts';
import { parseSort, sorting } from '../../search/sort-order.ts';
import type { SortKey } from '../../search/sort-order.ts';
import { isDocument } from '../../values/bson.ts';
import { compareResults } from '../value-order.ts';
import { listing, overList, overValues } from './accumulator.ts';
import type { AccumulatorCompiler } from './accumulator.ts';

/** What picks or gathers values as they are. */
export const pickingAccumulators: Readonly<Record<string, AccumulatorCompiler>> = {
  $push: overList((values) => values.filter((value) => value !== undefined)),
  $addToSet: overList((values) => [...setOf(values.filter((value) => value !== undefined)).values()]),
  $mergeObjects: overList(mergeDocuments),
  $min: extreme(1),
  $max: extreme(-1),
  $first: overValues(() => {
    let first: { readonly value: unknown } | undefined;
    return { add: (value) => (first ??= { value }), result: () => first?.value ?? null };
  }),
  $last: overValues(() => {
    let last: unknown;
    return { add: (value) => (last = value), result: () => last ?? null };
  }),
  $firstN: severalOf('$firstN', (values, n) => values.slice(0, n).map((value) => value ?? null)),
  $lastN: severalOf('$lastN', (values, n) => values.slice(-n).map((value) => value ?? null)),
  $minN: severalOf('$minN', (values, n) => ranked(values, 1).slice(0, n)),
  $maxN: severalOf('$maxN', (values, n) => ranked(values, -1).slice(0, n)),
  $top: sorted('$top', false, (outputs) => outputs[0] ?? null),
  $bottom: sorted('$bottom', false, (outputs) => outputs.at(-1) ?? null),
  $topN: sorted('$topN', true, (outputs, n) => outputs.slice(0, n)),
  $bottomN: sorted('$bottomN', true, (outputs, n) => outputs.slice(-n)),
};

function extreme(direction: 1 | -1): AccumulatorCompiler {
  return overValues(() => {
    let best: unknown = null;
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (best === null || compareResults(value, best) * direction < 0) best = value;
      },
      result: () => best,
    };
  });
}

function severalOf(name: string, pick: (values: unknown[], n: number) => unknown[]): AccumulatorCompiler {
  return (operand, compile) => {
    const parts = namedOperands(name, operand, ['input', 'n'], []);
    const n = compile(parts.n);
    return {
      input: compile(parts.input),
      start: (group) => {
        const count = countOf(name, n(group));
        return listing((values) => pick(values, count));
      },
    };
  };
}

type Sorted = { readonly key: SortKey; readonly output: unknown };

/** Values in the order of the documents that they come from. */
function sorted(
  name: string,
  isSeveral: boolean,
  pick: (outputs: unknown[], n: number) => unknown,
): AccumulatorCompiler {
  return (operand, compile) => {
    const required = isSeveral ? (['sortBy', 'output', 'n'] as const) : (['sortBy', 'output'] as const);
    const parts = namedOperands<'sortBy' | 'output' | 'n'>(name, operand, required, []);
    const [n, output] = [compile(parts.n ?? 1), compile(parts.output)];
    const { keyOf, compare } = sorting(parseSort(parts.sortBy));
    return {
      input: (scope): Sorted => {
        const key = keyOf(isDocument(scope.root) ? scope.root : {});
        return { key, output: output(scope) ?? null };
      },
      start: (group) => {
        const count = isSeveral ? countOf(name, n(group)) : 1;
        return listing((values) => {
          const items = (values as Sorted[]).toSorted((a, b) => compare(a.key, b.key));
          return pick(
            items.map((item) => item.output),
            count,
          );
        });
      },
    };
  };
}
