import type { CollectionEntry } from '../storage/catalog.ts';
import type { Row, RowMaker } from '../storage/row.ts';
import type { ReadSource } from '../storage/writer.ts';
import type { Sorting, SortKey } from './sort-order.ts';

type Keyed = { readonly key: SortKey; readonly rid: number; readonly row: Row | undefined };

/** So many bytes of documents are kept while sorting; of the others only the keys, and they are read again. */
const KEPT_BYTES = 16 * 1024 * 1024;

/**
 * Sorts what an index does not bring in order; rows that are equal keep their places.
 *
 * @param wanted how many of the first ones are needed: so many are kept, whatever the number of rows
 */
export function* sortRows(
  source: ReadSource,
  collection: CollectionEntry,
  rows: Iterable<Row>,
  order: Sorting,
  wanted: number,
  rowOf: RowMaker,
): Generator<Row> {
  const room = wanted * 2 + 1000;
  let keyed: Keyed[] = [];
  let kept = 0;
  for (const row of rows) {
    kept += row.bytes.byteLength;
    const isKept = wanted !== Infinity || kept <= KEPT_BYTES;
    keyed.push({ key: order.keyOf(row.document), rid: row.rid, row: isKept ? row : undefined });
    if (keyed.length > room) keyed = inOrder(keyed, order).slice(0, wanted);
  }
  for (const { rid, row } of inOrder(keyed, order)) {
    const found = row ?? readRow(source, collection, rid, rowOf);
    if (found !== undefined) yield found;
  }
}

function inOrder(keyed: Keyed[], { compare }: Sorting): Keyed[] {
  return keyed.sort((a, b) => compare(a.key, b.key));
}

function readRow(
  source: ReadSource,
  collection: CollectionEntry,
  rid: number,
  rowOf: RowMaker,
): Row | undefined {
  const [found] = source.db.query(`SELECT doc FROM ${collection.table} WHERE rid = ?`).values(rid) as [
    Uint8Array,
  ][];
  return found === undefined ? undefined : rowOf(rid, found[0]);
}
