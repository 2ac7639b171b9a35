import { asNumber, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { CollectionEntry } from '../storage/catalog.ts';
import type { ReadSource } from '../storage/writer.ts';
import { isIndexable } from './filter-bounds.ts';
import { isOperatorDocument } from './match-operators.ts';
import type { IndexWalk, Plan } from './planner.ts';

const RANGE_OPERATORS = new Set(['$gt', '$gte', '$lt', '$lte']);

/**
 * Counts by the entries of an index alone, without a document; undefined where that cannot be told: the filter must be
 * all in the fields that the index begins with, values, and behind them at most one range.
 *
 * @param most counts no further than this
 */
export function countByIndex(
  source: ReadSource,
  collection: CollectionEntry,
  filter: Document,
  plan: Plan,
  most: number,
): number | undefined {
  if (plan.kind !== 'index' || plan.isMultikey || !isWholeIn(fieldsOf(collection, plan), filter))
    return undefined;
  let count = 0;
  for (const { low, high } of plan.ranges) {
    const before = high === undefined ? '' : `AND ${plan.keyColumn} < ?`;
    const sql = `SELECT count(*) FROM (SELECT 1 FROM ${plan.table} WHERE ${plan.keyColumn} >= ? ${before} LIMIT ?)`;
    const bindings = high === undefined ? [low, most] : [low, high, most];
    count += Number(source.db.query(sql).values(...bindings)[0]?.[0] ?? 0);
    if (count >= most) return most;
  }
  return count;
}

/** The paths of an index without a collation, in its order. */
function fieldsOf(collection: CollectionEntry, { name }: IndexWalk): readonly string[] {
  if (name === '_id_') return ['_id'];
  const index = collection.indexes.find(
    ({ spec, collation }) => spec.name === name && collation === undefined,
  );
  return index === undefined || index.spec.hashed !== undefined
    ? []
    : index.spec.fields.map(([path]) => path);
}

function isWholeIn(fields: readonly string[], filter: Document): boolean {
  const asked = Object.keys(filter);
  const first = fields.slice(0, asked.length);
  // A path with a dot may lead through an array of documents.
  if (asked.length === 0 || !first.every((path) => asked.includes(path) && !path.includes('.'))) return false;
  const last = first.at(-1) ?? '';
  return first.every((path) => isValue(filter[path]) || (path === last && isRange(filter[path])));
}

/** Null is what is missing too, and both have one place in an index. */
function isValue(value: unknown): boolean {
  return value === null || isComparable(value);
}

function isRange(condition: unknown): boolean {
  if (!isOperatorDocument(condition)) return false;
  // NaN stands before all numbers in an index, and is less than none.
  const hasStart = '$gt' in condition || '$gte' in condition;
  return Object.entries(condition).every(
    ([name, operand]) =>
      RANGE_OPERATORS.has(name) && isComparable(operand) && (hasStart || asNumber(operand) === undefined),
  );
}

function isComparable(value: unknown): boolean {
  if (value === undefined || value === null || isDocument(value) || !isIndexable(value)) return false;
  return !Number.isNaN(asNumber(value) ?? 0);
}
