import { asNumber } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import type { SortSpec } from '../../search/sort-order.ts';
import { unsupported } from '../../driver/errors.ts';
import { failure } from '../failure.ts';
import { double, isDecimal } from '../numbers.ts';
import { isNullish, namedOperands, operandsOf } from '../operator.ts';
import type { Compile } from '../operator.ts';
import { scopeOf } from '../scope.ts';
import type { Scope } from '../scope.ts';
import { position } from './window-functions.ts';

/** Works out a field from the documents of a window. */
export type SliceFunction = (slice: readonly Document[], variables: Scope['variables']) => unknown;
type SliceCompiler = (operand: unknown, sort: SortSpec, compile: Compile) => SliceFunction;

const UNITS: Readonly<Record<string, number>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

/** Slopes, areas and how two values move together. */
export const sliceFunctions: Readonly<Record<string, SliceCompiler>> = {
  $derivative: (operand, sort, compile) => {
    const { points } = curve('$derivative', operand, sort, compile);
    return (slice, variables) => {
      const [first, last] = [points(slice.slice(0, 1), variables)[0], points(slice.slice(-1), variables)[0]];
      if (first === undefined || last === undefined || first.x === last.x) return null;
      if (first.y === undefined || last.y === undefined) return null;
      return double((last.y - first.y) / (last.x - first.x));
    };
  },
  $integral: (operand, sort, compile) => {
    const { points } = curve('$integral', operand, sort, compile);
    return (slice, variables) => {
      const known = points(slice, variables);
      if (known.length === 0 || known.some(({ y }) => y === undefined)) return null;
      let area = 0;
      for (const [at, { x, y = 0 }] of known.entries()) {
        const before = known[at - 1];
        if (before !== undefined) area += ((y + (before.y ?? 0)) / 2) * (x - before.x);
      }
      return double(area);
    };
  },
  $covariancePop: covariance('$covariancePop', 0),
  $covarianceSamp: covariance('$covarianceSamp', 1),
};

type Point = { readonly x: number; readonly y: number | undefined };

function curve(
  name: string,
  operand: unknown,
  sort: SortSpec,
  compile: Compile,
): { points: (slice: readonly Document[], variables: Scope['variables']) => Point[] } {
  const [[path] = ['']] = sort;
  if (sort.length !== 1) throw failure(5624903, `${name} must be specified with a single sortBy field`);
  const parts = namedOperands(name, operand, ['input'], ['unit']);
  const length = parts.unit === undefined ? 1 : UNITS[String(parts.unit)];
  if (length === undefined) throw failure(5490704, `unit must be 'week' or smaller for ${name}`);
  const input = compile(parts.input);
  const points = (slice: readonly Document[], variables: Scope['variables']): Point[] =>
    slice.map((document) => {
      const y = input(scopeOf(document, variables));
      const x = position(name, document, path);
      return { x: x / length, y: isNullish(y) ? undefined : numberOf(name, y) };
    });
  return { points };
}

function covariance(name: string, lost: 0 | 1): SliceCompiler {
  return (operand, _, compile) => {
    const sides = operandsOf(operand).map((side) => compile(side));
    const [first, second] = sides;
    if (sides.length !== 2 || first === undefined || second === undefined) {
      throw failure(16020, `Expression ${name} takes exactly 2 arguments`);
    }
    return (slice, variables) => {
      const pairs = slice.flatMap((document) => {
        const scope = scopeOf(document, variables);
        const [a, b] = [asNumber(first(scope)), asNumber(second(scope))];
        return a === undefined || b === undefined ? [] : [{ a, b }];
      });
      if (pairs.length <= lost) return null;
      const meanA = pairs.reduce((sum, { a }) => sum + a, 0) / pairs.length;
      const meanB = pairs.reduce((sum, { b }) => sum + b, 0) / pairs.length;
      const products = pairs.reduce((sum, { a, b }) => sum + (a - meanA) * (b - meanB), 0);
      return double(products / (pairs.length - lost));
    };
  };
}

function numberOf(name: string, value: unknown): number {
  if (isDecimal(value)) throw unsupported(`${name} of a Decimal128`);
  const number = value instanceof Date ? value.getTime() : asNumber(value);
  if (number === undefined) throw failure(5423900, `${name} needs input values of numbers`);
  return number;
}
