import { findDocuments } from '../search/find-documents.ts';
import { compileFilter } from '../search/matcher.ts';
import { compileText, isTextAt, takeText } from '../search/text-search.ts';
import { parseSort } from '../search/sort-order.ts';
import type { SortSpec } from '../search/sort-order.ts';
import { compileExpr } from '../aggregation/expression.ts';
import type { ReadMeter } from '../reads/read-meter.ts';
import type { Options } from '../driver/check-options.ts';
import { searchOptionsOf } from '../driver/options.ts';
import { Row } from '../storage/row.ts';
import type { Writer } from '../storage/writer.ts';
import { decodeExact, normalise } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';

/** Which documents a write is about. */
export type Selection = {
  /** Went through `normalise`. */
  readonly filter: Document;
  readonly sort: SortSpec;
  /** One for the first that matches, zero for all. */
  readonly limit: 0 | 1;
  readonly hint?: unknown;
  readonly collation?: unknown;
  readonly variables?: Document;
};

export function selectionOf(filter: Document, isMulti: boolean, options: Options): Selection {
  return {
    filter: normalise(filter),
    sort: parseSort(options['sort']),
    limit: isMulti ? 0 : 1,
    ...searchOptionsOf(options),
  };
}

/** So many documents are changed in one write: with their indexes that is some 5 ms. */
export const CHANGE_STEP = 100;

/** All rows before the first is changed, so that none is met twice at its new place. */
export function selectedRows(writer: Writer, name: string, selection: Selection, meter?: ReadMeter): Row[] {
  const collection = writer.catalog.get(name);
  const rows: Row[] = [];
  for (const row of findDocuments(writer, collection, { ...selection, isExact: true }, meter)) {
    if (rows.length === CHANGE_STEP) meter?.requireUnlimited();
    rows.push(row);
  }
  return rows;
}

/** Those of some places that still hold what was selected. */
export function rowsAt(
  writer: Writer,
  name: string,
  { filter, collation, variables }: Selection,
  places: readonly number[],
): Row[] {
  const collection = writer.catalog.get(name);
  if (collection === undefined) return [];
  const { text, rest } = takeText(filter);
  const matches = compileFilter(rest, compileExpr(variables), parseCollation(collation));
  const search = text === undefined ? undefined : compileText(collection, text);
  const query = writer.db.query<{ doc: Uint8Array }, [number]>(
    `SELECT doc FROM ${collection.table} WHERE rid = ?`,
  );
  return places.flatMap((rid) => {
    const found = query.get(rid);
    const row = found === null ? undefined : new Row(rid, found.doc, decodeExact);
    if (row === undefined || !matches(row.document)) return [];
    return search === undefined || isTextAt(writer, search, row) ? [row] : [];
  });
}
