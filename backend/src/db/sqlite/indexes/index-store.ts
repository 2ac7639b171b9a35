import type { Document } from '../values/bson.ts';
import { decodeExact, promote } from '../values/bson.ts';
import { equalUnder } from '../values/compare.ts';
import type { IndexEntry } from '../storage/catalog.ts';
import { duplicateKey } from '../driver/errors.ts';
import { keyPattern } from './index-spec.ts';
import type { IndexKey, IndexKeys } from './index-keys.ts';
import { addText, moveText, removeText } from './text-store.ts';
import { EMPTY_ARRAY } from '../values/key-encoding.ts';
import type { Writer } from '../storage/writer.ts';

/** Enters a document into an index. Throws E11000 where the index is unique and the key is taken. */
export function addKeys(
  writer: Writer,
  collection: string,
  index: IndexEntry,
  rid: number,
  document: Document,
): void {
  if (index.spec.text !== undefined) return addText(writer, index.table, index.spec.text, rid, document);
  const keys = index.keysOf(document);
  refuseEqual(writer, collection, index, rid, keys);
  insertKeys(writer, collection, index, rid, keys);
}

/** Takes a document out of an index. */
export function removeKeys(writer: Writer, index: IndexEntry, rid: number, document: Document): void {
  if (index.spec.text !== undefined) return removeText(writer, index.table, rid);
  for (const key of index.keysOf(document).keys) deleteKey(writer, index, rid, key);
}

/** Moves a changed document in an index; keys that stayed the same are not touched. */
export function moveKeys(
  writer: Writer,
  collection: string,
  index: IndexEntry,
  rid: number,
  before: Document,
  after: Document,
): void {
  if (index.spec.text !== undefined)
    return moveText(writer, index.table, index.spec.text, rid, before, after);
  const old = index.keysOf(before);
  const next = index.keysOf(after);
  refuseEqual(writer, collection, index, rid, next);
  const [from] = old.keys;
  const [to] = next.keys;
  if (from !== undefined && to !== undefined && old.keys.length === 1 && next.keys.length === 1) {
    if (next.isMultikey) markMultikey(writer, collection, index.id);
    return moveKey(writer, collection, index, rid, from, to);
  }
  const stays = (key: IndexKey, among: IndexKeys): boolean =>
    among.keys.some((other) => Buffer.compare(other.bytes, key.bytes) === 0);
  for (const key of old.keys) if (!stays(key, next)) deleteKey(writer, index, rid, key);
  const added = next.keys.filter((key) => !stays(key, old));
  insertKeys(writer, collection, index, rid, { keys: added, isMultikey: next.isMultikey });
}

function insertKeys(
  writer: Writer,
  collection: string,
  index: IndexEntry,
  rid: number,
  found: IndexKeys,
): void {
  if (found.isMultikey) markMultikey(writer, collection, index.id);
  for (const key of found.keys) {
    const { changes } = writer.run(index.statements.insert, key.bytes, rid);
    if (changes === 0) refuseTaken(writer, collection, index, key);
  }
}

/** The key of a document that has one, before and after. */
function moveKey(
  writer: Writer,
  collection: string,
  index: IndexEntry,
  rid: number,
  from: IndexKey,
  to: IndexKey,
): void {
  if (Buffer.compare(from.bytes, to.bytes) === 0) return;
  const { changes } = writer.run(index.statements.move, to.bytes, from.bytes, rid);
  if (changes === 0) refuseTaken(writer, collection, index, to);
}

/** A key that did not enter is taken, where it must be the only one. */
function refuseTaken(writer: Writer, collection: string, index: IndexEntry, key: IndexKey): void {
  if (index.spec.unique && index.collation === undefined) throw duplicate(writer, collection, index, key);
}

/** A unique index under a collation: of the documents at the same key, none may hold equal strings. */
function refuseEqual(
  writer: Writer,
  collection: string,
  index: IndexEntry,
  rid: number,
  found: IndexKeys,
): void {
  const documents = writer.catalog.get(collection)?.table;
  if (!index.spec.unique || index.collation === undefined || documents === undefined) return;
  const equal = equalUnder(index.collation);
  const others = writer.db.query<{ doc: Uint8Array }, [Uint8Array, number]>(
    `SELECT d.doc FROM ${index.table} t JOIN ${documents} d ON d.rid = t.rid WHERE t.k = ? AND t.rid <> ?`,
  );
  for (const key of found.keys) {
    const isTaken = others
      .all(key.bytes, rid)
      .some(({ doc }) =>
        index
          .keysOf(decodeExact(doc))
          .keys.some((other) => other.values.every((value, at) => equal(value, key.values[at]))),
      );
    if (isTaken) throw duplicate(writer, collection, index, key);
  }
}

function deleteKey(writer: Writer, index: IndexEntry, rid: number, key: IndexKey): void {
  writer.run(index.statements.remove, key.bytes, rid);
}

function markMultikey(writer: Writer, name: string, id: number): void {
  const collection = writer.catalog.get(name);
  const current = collection?.indexes.find((index) => index.id === id);
  if (collection === undefined || current === undefined || current.isMultikey) return;
  writer.run('UPDATE _indexes SET multikey = 1 WHERE id = ?', id);
  const indexes = collection.indexes.map((index) =>
    index.id === id ? { ...index, isMultikey: true } : index,
  );
  writer.setEntry(name, { ...collection, indexes });
}

function duplicate(writer: Writer, collection: string, index: IndexEntry, key: IndexKey): Error {
  const pairs = index.spec.fields.map(([path], at) => {
    const value = key.values[at];
    return [path, value === EMPTY_ARRAY || value === undefined ? null : value];
  });
  const keyValue = promote(Object.fromEntries(pairs));
  return duplicateKey(writer.namespace(collection), index.spec.name, keyPattern(index.spec), keyValue);
}
