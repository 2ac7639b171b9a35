import { BSONRegExp, decodeExact, encodeDocument, plain, promote } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { changedFields } from '../values/changed-fields.ts';
import { ensureCollection } from './collection-schema.ts';
import { duplicateKey, serverError } from '../driver/errors.ts';
import { addKeys, moveKeys, removeKeys } from '../indexes/index-store.ts';
import { encodeKey } from '../values/key-encoding.ts';
import type { Row } from './row.ts';
import type { Writer } from './writer.ts';

/**
 * Stores a new document with its index entries.
 *
 * @param document has an `_id`
 * @returns the document as stored, its numbers in BSON's classes
 * @throws MongoServerError 11000 where its `_id` or a unique key is taken
 */
export function insertRow(writer: Writer, name: string, document: Document): Document {
  const collection = ensureCollection(writer, name);
  const { _id, ...rest } = plain(document) as Document;
  const bytes = encodeDocument({ _id, ...rest });
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
  for (const index of collection.indexes) addKeys(writer, name, index, Number(lastInsertRowid), stored);
  return stored;
}

/** Replaces a stored document. Returns false where nothing changed, so nothing was written. */
export function replaceRow(writer: Writer, name: string, row: Row, after: Document): boolean {
  const collection = ensureCollection(writer, name);
  const bytes = encodeDocument(after);
  if (Buffer.compare(row.bytes, bytes) === 0) return false;
  writer.run(`UPDATE ${collection.table} SET doc = ? WHERE rid = ?`, bytes, row.rid);
  const changed = [...changedFields(row.bytes, bytes)];
  const touched = collection.indexes.filter(
    ({ reads }) => reads === undefined || changed.some((field) => reads.has(field)),
  );
  if (touched.length === 0) return true;
  const stored = decodeExact(bytes);
  for (const index of touched) moveKeys(writer, name, index, row.rid, row.document, stored);
  return true;
}

export function deleteRow(writer: Writer, name: string, row: Row): void {
  const collection = ensureCollection(writer, name);
  writer.run(`DELETE FROM ${collection.table} WHERE rid = ?`, row.rid);
  for (const index of collection.indexes) removeKeys(writer, index, row.rid, row.document);
}

function checkId(id: unknown): void {
  const isRefused = Array.isArray(id) || id === undefined || id instanceof BSONRegExp;
  if (isRefused)
    throw serverError(53, 'InvalidIdField', "The '_id' value cannot be an array, regex or undefined");
}
