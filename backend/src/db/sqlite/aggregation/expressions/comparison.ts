import { ofValues } from '../operator.ts';
import type { OperatorCompiler, Operators } from '../operator.ts';
import { integer } from '../numbers.ts';
import { compareResults } from '../value-order.ts';

/** Comparisons across all types, in BSON's order. */
export const comparisonOperators: Operators = {
  $eq: compares('$eq', (order) => order === 0),
  $ne: compares('$ne', (order) => order !== 0),
  $gt: compares('$gt', (order) => order > 0),
  $gte: compares('$gte', (order) => order >= 0),
  $lt: compares('$lt', (order) => order < 0),
  $lte: compares('$lte', (order) => order <= 0),
  $cmp: ofValues('$cmp', 2, (a, b) => integer(Math.sign(compareResults(a, b)))),
};

function compares(name: string, accepts: (order: number) => boolean): OperatorCompiler {
  return ofValues(name, 2, (a, b) => accepts(compareResults(a, b)));
}
