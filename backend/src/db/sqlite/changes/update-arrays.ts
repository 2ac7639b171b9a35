import { asNumber, BSONRegExp, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { badValue, unsupported } from '../driver/errors.ts';
import { compileCondition, isOperatorDocument } from '../search/match-operators.ts';
import { compileFilter } from '../search/matcher.ts';
import { parseSort, sortDocuments } from '../search/sort-order.ts';

type ArrayChange = (items: unknown[], operand: unknown) => unknown[];

/** The update operators that change an array. */
export const ARRAY_OPERATORS: Record<string, ArrayChange> = {
  $push: push,
  $addToSet: addToSet,
  $pop: (items, operand) => {
    const side = asNumber(operand);
    if (side !== 1 && side !== -1) throw badValue('$pop expects 1 or -1');
    return side === 1 ? items.slice(0, -1) : items.slice(1);
  },
  $pull: (items, operand) => {
    const matches = pullTest(operand);
    return items.filter((item) => !matches(item));
  },
  $pullAll: (items, operand) => {
    if (!Array.isArray(operand)) throw badValue('$pullAll requires an array argument');
    return items.filter((item) => !operand.some((gone) => equalValues(gone, item)));
  },
};

function push(items: unknown[], operand: unknown): unknown[] {
  if (!isDocument(operand) || !('$each' in operand)) return [...items, operand];
  const added = eachOf(operand, '$push');
  for (const modifier of Object.keys(operand)) {
    if (!['$each', '$position', '$slice', '$sort'].includes(modifier)) {
      throw unsupported(`the modifier ${modifier} of $push`);
    }
  }
  const result = [...items];
  result.splice(asNumber(operand['$position']) ?? items.length, 0, ...added);
  if ('$sort' in operand) sortItems(result, operand['$sort']);
  const slice = asNumber(operand['$slice']);
  if (slice === undefined) return result;
  return slice < 0 ? result.slice(slice) : result.slice(0, slice);
}

function sortItems(items: unknown[], sort: unknown): void {
  const direction = asNumber(sort);
  if (direction !== undefined) {
    items.sort((a, b) => compareValues(a, b) * direction);
    return;
  }
  const sorted = sortDocuments([...items], parseSort(sort), (item) => (isDocument(item) ? item : {}));
  items.splice(0, items.length, ...sorted);
}

function addToSet(items: unknown[], operand: unknown): unknown[] {
  const added = isDocument(operand) && '$each' in operand ? eachOf(operand, '$addToSet') : [operand];
  const result = [...items];
  for (const item of added) if (!result.some((known) => equalValues(known, item))) result.push(item);
  return result;
}

function eachOf(operand: Document, operator: string): unknown[] {
  const added = operand['$each'];
  if (!Array.isArray(added)) throw badValue(`The argument to $each in ${operator} must be an array`);
  return added;
}

function pullTest(operand: unknown): (item: unknown) => boolean {
  if (isOperatorDocument(operand) || operand instanceof BSONRegExp) {
    const test = compileCondition(operand, compileFilter);
    return (item) => test([item]);
  }
  if (isDocument(operand)) {
    const matches = compileFilter(operand);
    return (item) => isDocument(item) && matches(item);
  }
  return (item) => equalValues(item, operand);
}
