import type { ReadMeter } from '../reads/read-meter.ts';
import { Row } from '../storage/row.ts';
import type { RowMaker } from '../storage/row.ts';
import { decodeExact, isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { Matcher } from './matcher.ts';
import type { Plan } from './planner.ts';
import { withScore } from './text-score.ts';
import type { RawRow } from './walk-plan.ts';

/** Lets those rows pass that are looked for. */
export function* matchRows(
  rows: Iterable<RawRow>,
  meter: ReadMeter,
  test: (row: Row) => boolean,
  rowOf: RowMaker,
): Generator<Row> {
  for (const { rid, bytes } of rows) {
    meter.count();
    const row = rowOf(rid, bytes);
    if (test(row)) yield row;
  }
}

/** What tells whether a row is looked for. */
export function rowTest(filter: Document, matches: Matcher): (row: Row) => boolean {
  if (Object.keys(filter).length === 0) return () => true;
  // Only an exact document still knows an int from a double, and expressions calculate with that.
  const needsExact = mentionsType(filter);
  return (row) => matches(needsExact ? decodeExact(row.bytes) : row.document);
}

/** The same with the phrases of `$text`. */
export function withPhrases(test: (row: Row) => boolean, plan: Plan): (row: Row) => boolean {
  if (plan.kind !== 'text') return test;
  return (row) => plan.search.hasPhrases(row.document) && test(row);
}

/** What makes a row; one that `$text` found knows how well it matches. */
export function rowMaker(plan: Plan, decode: (bytes: Uint8Array) => Document): RowMaker {
  if (plan.kind !== 'text') return (rid, bytes) => new Row(rid, bytes, decode);
  const { scores } = plan.search;
  return (rid, bytes) => new Row(rid, bytes, (own) => withScore(decode(own), scores.get(rid) ?? 0));
}

function mentionsType(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mentionsType);
  if (!isDocument(value)) return false;
  for (const key of Object.keys(value))
    if (key === '$type' || key === '$expr' || mentionsType(value[key])) return true;
  return false;
}
