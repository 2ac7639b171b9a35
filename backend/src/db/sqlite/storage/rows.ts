import { BSONRegExp, decodeExact, encodeDocument, plain, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { changedFields } from '../values/changed-fields.ts';
import { ensureCollection } from './collection-schema.ts';
import { duplicateKey, serverError } from '../driver/errors.ts';
import { addKeys, moveKeys, removeKeys } from '../indexes/index-store.ts';
import { encodeKey } from '../values/key-encoding.ts';
import { Row } from './row.ts';
import type { Writer } from './writer.ts';

/**
 * Stores a new document with its index entries.
 *
 * @param document has an `_id`
 * @returns its row, as one that is read to be changed
 * @throws MongoServerError 11000 where its `_id` or a unique key is taken
 */
export function insertRow(writer: Writer, name: string, document: Document): Row {
  const collection = ensureCollection(writer, name);
  const bytes = encodeDocument(withIdFirst(plain(document) as Document));
  const stored = decodeExact(bytes);
  checkId(stored['_id']);
  const id = encodeKey(stored['_id']);
  const { changes, lastInsertRowid } = writer.run(
    `INSERT OR IGNORE INTO ${collection.table} (id, doc) VALUES (?, ?)`,
    id,
    bytes,
  );
  if (changes === 0) {
    throw duplicateKey(writer.namespace(name), '_id_', { _id: 1 }, promote({ _id: stored['_id'] }));
  }
  const rid = Number(lastInsertRowid);
  for (const index of collection.indexes) addKeys(writer, name, index, rid, stored);
  return new Row(rid, bytes, decodeExact, stored);
}

/**
 * Replaces a stored document.
 *
 * @param after an exact one (`decodeExact`): its values are those that are stored
 * @param touched the document's own fields that may have changed, where that is known
 * @returns the row as it is now; the same where nothing changed, so nothing was written
 */
export function replaceRow(
  writer: Writer,
  name: string,
  row: Row,
  after: Document,
  touched?: readonly string[],
): Row {
  const collection = ensureCollection(writer, name);
  const bytes = encodeDocument(after);
  if (Buffer.compare(row.bytes, bytes) === 0) return row;
  writer.run(`UPDATE ${collection.table} SET doc = ? WHERE rid = ?`, bytes, row.rid);
  const { document: before } = row;
  const changed = touched?.filter((field) => !isSameMoment(before[field], after[field])) ?? [
    ...changedFields(row.bytes, bytes),
  ];
  for (const index of collection.indexes) {
    const { reads } = index;
    if (reads !== undefined && !changed.some((field) => reads.has(field))) continue;
    moveKeys(writer, name, index, row.rid, before, after);
  }
  return new Row(row.rid, bytes, decodeExact, after);
}

/** Updates set a moment that often stays the same: its keys need not even be looked at. */
function isSameMoment(one: unknown, other: unknown): boolean {
  return one instanceof Date && other instanceof Date && one.getTime() === other.getTime();
}

export function deleteRow(writer: Writer, name: string, row: Row): void {
  const collection = ensureCollection(writer, name);
  writer.run(`DELETE FROM ${collection.table} WHERE rid = ?`, row.rid);
  for (const index of collection.indexes) removeKeys(writer, index, row.rid, row.document);
}

/** As MongoDB stores it. */
function withIdFirst(document: Document): Document {
  for (const first in document) {
    if (first === '_id') return document;
    break;
  }
  const { _id, ...rest } = document;
  return { _id, ...rest };
}

function checkId(id: unknown): void {
  const isRefused = Array.isArray(id) || id === undefined || id instanceof BSONRegExp;
  if (isRefused)
    throw serverError(53, 'InvalidIdField', "The '_id' value cannot be an array, regex or undefined");
}
