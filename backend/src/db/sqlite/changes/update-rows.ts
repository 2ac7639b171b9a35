import { decodeExact, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { compileReplacement, compileUpdate } from './compile-update.ts';
import { findDocuments } from '../search/find-documents.ts';
import type { Options } from '../driver/options.ts';
import { deleteRow, insertRow, replaceRow } from '../storage/rows.ts';
import type { Row } from '../storage/row.ts';
import { parseSort } from '../search/sort-order.ts';
import type { Writer } from '../storage/writer.ts';

export type UpdateOutcome = {
  readonly matchedCount: number;
  readonly modifiedCount: number;
  /** The inserted document's `_id` after an upsert. */
  readonly upsertedId: unknown;
  /** The first document, before and after; null where there was none. */
  readonly before: Document | null;
  readonly after: Document | null;
};

export type UpdateRequest = {
  readonly filter: Document;
  /** An update document, a pipeline, or a replacement. */
  readonly update: unknown;
  readonly isReplacement?: boolean;
  readonly isMulti?: boolean;
  readonly options?: Options;
};

/** Finds and changes documents; inserts one where `upsert` says so and none was found. */
export function updateRows(writer: Writer, name: string, request: UpdateRequest): UpdateOutcome {
  const { update, isReplacement = false, isMulti = false, options = {} } = request;
  const filter = normalise(request.filter);
  const arrayFilters = options['arrayFilters'];
  const change = isReplacement
    ? compileReplacement(update, filter)
    : compileUpdate(update, filter, Array.isArray(arrayFilters) ? arrayFilters : []);
  const rows = matchingRows(writer, name, filter, isMulti, options);
  let modifiedCount = 0;
  let after: Document | null = null;
  for (const row of rows) {
    const changed = change.apply(decodeExact(row.bytes));
    if (replaceRow(writer, name, row, changed)) modifiedCount += 1;
    after ??= changed;
  }
  const before = rows[0]?.document ?? null;
  if (rows.length > 0 || options['upsert'] !== true) {
    return { matchedCount: rows.length, modifiedCount, upsertedId: null, before, after };
  }
  const inserted = insertRow(writer, name, change.insert());
  return { matchedCount: 0, modifiedCount: 0, upsertedId: inserted['_id'], before: null, after: inserted };
}

/** Deletes one document or all that match; returns what was deleted. */
export function deleteRows(
  writer: Writer,
  name: string,
  filter: Document,
  isMulti: boolean,
  options: Options = {},
): Document[] {
  const rows = matchingRows(writer, name, normalise(filter), isMulti, options);
  for (const row of rows) deleteRow(writer, name, row);
  return rows.map((row) => row.document);
}

/** All rows before the first is changed, so that none is met twice at its new place. */
function matchingRows(
  writer: Writer,
  name: string,
  filter: Document,
  isMulti: boolean,
  options: Options,
): Row[] {
  const found = findDocuments(writer, writer.catalog.get(name), {
    filter,
    sort: parseSort(options['sort']),
    limit: isMulti ? 0 : 1,
    hint: options['hint'],
    isExact: true,
  });
  return [...found];
}
