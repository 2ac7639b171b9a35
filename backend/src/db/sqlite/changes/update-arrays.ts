import { asNumber, BSONRegExp, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import { equalUnder, orderUnder } from '../values/compare.ts';
import { badValue, unsupported } from '../driver/errors.ts';
import { compileCondition, isOperatorDocument } from '../search/match-operators.ts';
import { compileFilter } from '../search/matcher.ts';
import type { Matcher } from '../search/matcher.ts';
import { parseSort, sortDocuments } from '../search/sort-order.ts';

type ArrayChange = (items: unknown[], operand: unknown, collation: Collation | undefined) => unknown[];

/** The update operators that change an array. */
export const ARRAY_OPERATORS: Record<string, ArrayChange> = {
  $push: push,
  $addToSet: addToSet,
  $pop: (items, operand) => {
    const side = asNumber(operand);
    if (side !== 1 && side !== -1) throw badValue('$pop expects 1 or -1');
    return side === 1 ? items.slice(0, -1) : items.slice(1);
  },
  $pull: (items, operand, collation) => {
    const matches = pullTest(operand, collation);
    return items.filter((item) => !matches(item));
  },
  $pullAll: (items, operand, collation) => {
    if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument');
    const equal = equalUnder(collation);
    return items.filter((item) => !operand.some((gone) => equal(gone, item)));
  },
};

function push(items: unknown[], operand: unknown, collation: Collation | undefined): unknown[] {
  if (!isDocument(operand) || !('$each' in operand)) return [...items, operand];
  const added = eachOf(operand, '$push');
  for (const modifier of Object.keys(operand)) {
    if (!['$each', '$position', '$slice', '$sort'].includes(modifier)) {
      throw unsupported(`the modifier ${modifier} of $push`);
    }
  }
  const result = [...items];
  result.splice(asNumber(operand['$position']) ?? items.length, 0, ...added);
  if ('$sort' in operand) sortItems(result, operand['$sort'], collation);
  const slice = asNumber(operand['$slice']);
  if (slice === undefined) return result;
  return slice < 0 ? result.slice(slice) : result.slice(0, slice);
}

function sortItems(items: unknown[], sort: unknown, collation: Collation | undefined): void {
  const direction = asNumber(sort);
  if (direction !== undefined) {
    const order = orderUnder(collation);
    items.sort((a, b) => order(a, b) * direction);
    return;
  }
  const documentOf = (item: unknown): Document => (isDocument(item) ? item : {});
  const sorted = sortDocuments([...items], parseSort(sort), documentOf, collation);
  items.splice(0, items.length, ...sorted);
}

function addToSet(items: unknown[], operand: unknown, collation: Collation | undefined): unknown[] {
  const added = isDocument(operand) && '$each' in operand ? eachOf(operand, '$addToSet') : [operand];
  const result = [...items];
  const equal = equalUnder(collation);
  for (const item of added) if (!result.some((known) => equal(known, item))) result.push(item);
  return result;
}

function eachOf(operand: Document, operator: string): unknown[] {
  const added = operand['$each'];
  if (!Array.isArray(added)) throw badValue(`The argument to $each in ${operator} must be an array`);
  return added;
}

function pullTest(operand: unknown, collation: Collation | undefined): (item: unknown) => boolean {
  const compile = (filter: Document): Matcher => compileFilter(filter, undefined, collation);
  if (isOperatorDocument(operand) || operand instanceof BSONRegExp) {
    const test = compileCondition(operand, compile, collation);
    return (item) => test([item]);
  }
  if (isDocument(operand)) {
    const matches = compile(operand);
    return (item) => isDocument(item) && matches(item);
  }
  const equal = equalUnder(collation);
  return (item) => equal(item, operand);
}
