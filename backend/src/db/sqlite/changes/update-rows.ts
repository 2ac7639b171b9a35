import type { Document } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';
import type { Options } from '../driver/check-options.ts';
import type { ReadMeter } from '../reads/read-meter.ts';
import { deleteRow, insertRow, replaceRow } from '../storage/rows.ts';
import type { Row } from '../storage/row.ts';
import type { Writer } from '../storage/writer.ts';
import { compileReplacement, compileUpdate } from './compile-update.ts';
import { selectedRows, selectionOf } from './selection.ts';
import type { Selection } from './selection.ts';

export type UpdateOutcome = {
  readonly matchedCount: number;
  readonly modifiedCount: number;
  /** The inserted document's `_id` after an upsert. */
  readonly upsertedId: unknown;
  /** The first document, before and after; null where there was none. */
  readonly before: Row | null;
  readonly after: Row | null;
};

export type UpdateRequest = {
  readonly filter: Document;
  /** An update document, a pipeline, or a replacement. */
  readonly update: unknown;
  readonly isReplacement?: boolean;
  readonly isMulti?: boolean;
  readonly options?: Options;
};

/** What to do with the rows that were selected. */
export type RowsChange<Outcome> = {
  readonly selection: Selection;
  readonly apply: (writer: Writer, name: string, rows: readonly Row[]) => Outcome;
};

/** An update, ready to be made; where no row is given it inserts one if `upsert` says so. */
export function compileRowsUpdate(request: UpdateRequest): RowsChange<UpdateOutcome> {
  const { update, isReplacement = false, isMulti = false, options = {} } = request;
  const selection = selectionOf(request.filter, isMulti, options);
  const arrayFilters = options['arrayFilters'];
  const collation = parseCollation(options['collation']);
  const change = isReplacement
    ? compileReplacement(update, selection.filter)
    : compileUpdate(
        update,
        selection.filter,
        Array.isArray(arrayFilters) ? arrayFilters : [],
        collation,
        selection.variables,
      );
  const apply = (writer: Writer, name: string, rows: readonly Row[]): UpdateOutcome => {
    let modifiedCount = 0;
    let after: Row | null = null;
    for (const row of rows) {
      const changed = replaceRow(writer, name, row, change.apply(row.document), change.touched);
      if (changed !== row) modifiedCount += 1;
      after ??= changed;
    }
    const before = rows[0] ?? null;
    if (rows.length > 0 || options['upsert'] !== true) {
      return { matchedCount: rows.length, modifiedCount, upsertedId: null, before, after };
    }
    const inserted = insertRow(writer, name, change.insert());
    const upsertedId = inserted.document['_id'];
    return { matchedCount: 0, modifiedCount: 0, upsertedId, before: null, after: inserted };
  };
  return { selection, apply };
}

/** A removal, ready to be made; gives how many went, and the first of them. */
export function compileRowsDelete(
  filter: Document,
  isMulti: boolean,
  options: Options = {},
): RowsChange<{ count: number; first: Row | null }> {
  const apply = (
    writer: Writer,
    name: string,
    rows: readonly Row[],
  ): { count: number; first: Row | null } => {
    for (const row of rows) deleteRow(writer, name, row);
    return { count: rows.length, first: rows[0] ?? null };
  };
  return { selection: selectionOf(filter, isMulti, options), apply };
}

/** Makes a change at once, in the write that is under way. */
export function changeRows<Outcome>(
  writer: Writer,
  name: string,
  { selection, apply }: RowsChange<Outcome>,
  meter?: ReadMeter,
): Outcome {
  return apply(writer, name, selectedRows(writer, name, selection, meter));
}
