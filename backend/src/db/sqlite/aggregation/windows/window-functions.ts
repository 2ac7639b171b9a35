import { asNumber, isDocument } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { sorting } from '../../search/sort-order.ts';
import type { SortKey, SortSpec } from '../../search/sort-order.ts';
import { failure } from '../failure.ts';
import { double, integer, isNumber, wholeOf } from '../numbers.ts';
import { isNullish, namedOperands } from '../operator.ts';
import type { Compile } from '../operator.ts';
import { scopeOf } from '../scope.ts';
import type { Scope } from '../scope.ts';
import { fieldAt } from '../field-path.ts';

/** Works out one field for every document of a partition, which is in the order of the sort. */
export type WindowFunction = (partition: readonly Document[], variables: Scope['variables']) => unknown[];
type FunctionCompiler = (operand: unknown, sort: SortSpec, compile: Compile) => WindowFunction;

/** The functions that look at a document's place in its partition; they take no window. */
export const windowFunctions: Readonly<Record<string, FunctionCompiler>> = {
  $documentNumber: (_, sort) => {
    requireSort('$documentNumber', sort);
    return (partition) => partition.map((__, at) => integer(at + 1));
  },
  $rank: (_, sort) => ranks('$rank', sort, (at) => at),
  $denseRank: (_, sort) => ranks('$denseRank', sort, (__, before) => before + 1),

  $shift: (operand, sort, compile) => {
    requireSort('$shift', sort);
    const parts = namedOperands('$shift', operand, ['output', 'by'], ['default']);
    const by = wholeOf('$shift', parts.by);
    const [output, rest] = [compile(parts.output), compile(parts.default ?? null)];
    return (partition, variables) =>
      partition.map((_, at) => {
        const other = partition[at + by];
        return other === undefined ? rest(scopeOf({}, variables)) : output(scopeOf(other, variables));
      });
  },

  $expMovingAvg: (operand, sort, compile) => {
    requireSort('$expMovingAvg', sort);
    const parts = namedOperands('$expMovingAvg', operand, ['input'], ['N', 'alpha']);
    if ('N' in parts === 'alpha' in parts) throw failure(9, "$expMovingAvg needs either 'N' or 'alpha'");
    const weight = 'N' in parts ? 2 / (wholeOf('$expMovingAvg', parts.N) + 1) : asNumber(parts.alpha);
    if (weight === undefined || !(weight > 0 && weight <= 1)) {
      throw failure(9, "'alpha' must be between 0 and 1 and 'N' positive");
    }
    const input = compile(parts.input);
    return (partition, variables) => {
      let average: number | undefined;
      return partition.map((document) => {
        const value = asNumber(input(scopeOf(document, variables)));
        if (value !== undefined) {
          average = average === undefined ? value : value * weight + average * (1 - weight);
        }
        return average === undefined ? null : double(average);
      });
    };
  },

  $locf: (operand, sort, compile) => {
    requireSort('$locf', sort);
    const input = compile(operand);
    return (partition, variables) => {
      let last: unknown = null;
      return partition.map((document) => {
        const value = input(scopeOf(document, variables));
        if (!isNullish(value)) last = value;
        return last;
      });
    };
  },

  $linearFill: (operand, sort, compile) => {
    const [[path] = ['']] = sort;
    if (sort.length !== 1) throw failure(605001, '$linearFill must be specified with a single sortBy field');
    const input = compile(operand);
    return (partition, variables) => {
      const values = partition.map((document) => input(scopeOf(document, variables)));
      return fillLinearly(
        values,
        partition.map((document) => position('$linearFill', document, path)),
      );
    };
  },
};

/** Where a document lies on the axis that the partition is sorted by. */
export function position(name: string, document: Document | undefined, path: string): number {
  const value = isDocument(document) ? fieldAt(document, path.split('.')) : undefined;
  if (value instanceof Date) return value.getTime();
  const number = asNumber(value);
  if (number === undefined) throw failure(5624902, `${name} needs a sortBy field of numbers or dates`);
  return number;
}

function requireSort(name: string, sort: SortSpec): void {
  if (sort.length === 0) throw failure(5371602, `${name} must be specified with a sortBy`);
}

function ranks(name: string, sort: SortSpec, next: (at: number, before: number) => number): WindowFunction {
  if (sort.length !== 1) throw failure(5371602, `${name} must be specified with a single sortBy field`);
  const { keyOf, compare } = sorting(sort);
  return (partition) => {
    let rank = -1;
    let before: SortKey | undefined;
    return partition.map((document, at) => {
      const key = keyOf(document);
      if (before === undefined || compare(before, key) !== 0) rank = next(at, rank);
      before = key;
      return integer(rank + 1);
    });
  };
}

function fillLinearly(values: readonly unknown[], places: readonly number[]): unknown[] {
  const filled = values.map((value) => value ?? null);
  let before: number | undefined;
  for (const [at, value] of values.entries()) {
    if (isNullish(value)) continue;
    if (!isNumber(value)) throw failure(605002, '$linearFill only fills numbers');
    if (before !== undefined) {
      const [x1 = 0, x2 = 0] = [places[before], places[at]];
      const [y1 = 0, y2 = 0] = [asNumber(values[before]), asNumber(value)];
      for (let gap = before + 1; gap < at; gap++) {
        filled[gap] = double(y1 + ((y2 - y1) * ((places[gap] ?? 0) - x1)) / (x2 - x1));
      }
    }
    before = at;
  }
  return filled;
}
