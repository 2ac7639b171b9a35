import { decodeExact } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { encodeSpec, indexEntry } from './catalog.ts';
import type { CollectionEntry, IndexEntry } from './catalog.ts';
import { serverError } from '../driver/errors.ts';
import { addKeys } from '../indexes/index-store.ts';
import { createTextTable } from '../indexes/text-store.ts';
import { describeIndex } from '../indexes/index-spec.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';
import type { Writer } from './writer.ts';

/** So many documents enter a new index at a time; with their keys that is some 5 ms. */
const FILL_STEP = 200;

/** Makes the collection if there is none yet. */
export function ensureCollection(writer: Writer, name: string): CollectionEntry {
  const known = writer.catalog.get(name);
  if (known !== undefined) return known;
  requireName(name);
  const { lastInsertRowid } = writer.run('INSERT INTO _collections (name) VALUES (?)', name);
  const id = Number(lastInsertRowid);
  const table = `c${id}`;
  writer.run(`CREATE TABLE ${table} (rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL)`);
  const entry: CollectionEntry = { id, name, table, indexes: [] };
  writer.setEntry(name, entry);
  return entry;
}

function requireName(name: string): void {
  if (name !== '' && !name.includes('$') && !name.includes('\0')) return;
  throw serverError(73, 'InvalidNamespace', `Invalid collection name: ${name}`);
}

export function dropCollection(writer: Writer, name: string): boolean {
  const entry = writer.catalog.get(name);
  if (entry === undefined) return false;
  for (const index of entry.indexes) removeIndex(writer, index);
  writer.run(`DROP TABLE ${entry.table}`);
  writer.run('DELETE FROM _collections WHERE id = ?', entry.id);
  writer.setEntry(name, undefined);
  return true;
}

/**
 * Gives a collection another name; its documents and indexes stay as they are.
 *
 * @throws MongoServerError 26 where there is none, 48 where the new name is taken
 */
export function renameCollection(writer: Writer, from: string, to: string): void {
  const entry = writer.catalog.get(from);
  if (entry === undefined) {
    throw serverError(26, 'NamespaceNotFound', `Source collection ${writer.namespace(from)} does not exist`);
  }
  if (writer.catalog.has(to)) throw serverError(48, 'NamespaceExists', 'target namespace exists');
  requireName(to);
  writer.run('UPDATE _collections SET name = ? WHERE id = ?', to, entry.id);
  writer.setEntry(from, undefined);
  writer.setEntry(to, { ...entry, name: to });
}

/**
 * Makes an index and fills it. The same one again is no change.
 *
 * @throws MongoServerError 85 or 86 where another one has its name or keys, 11000 where documents break it
 */
export function createIndex(writer: Writer, name: string, spec: IndexSpec): string {
  for (const _ of indexSteps(writer, name, spec)) continue;
  return indexName(spec);
}

/** The name by which an index is known. */
export function indexName(spec: IndexSpec): string {
  return isIdIndex(spec) ? '_id_' : spec.name;
}

/** The same in steps, for whoever lets others come in between. */
export function* indexSteps(writer: Writer, name: string, spec: IndexSpec): Generator<void> {
  const index = declareIndex(writer, name, spec);
  if (index === undefined) return;
  const collection = ensureCollection(writer, name);
  const page = writer.db.query<{ rid: number; doc: Uint8Array }, [number]>(
    `SELECT rid, doc FROM ${collection.table} WHERE rid > ? ORDER BY rid LIMIT ${FILL_STEP}`,
  );
  for (let after = -1, isDone = false; !isDone;) {
    const rows = page.all(after);
    for (const { rid, doc } of rows) addKeys(writer, name, index, rid, decodeExact(doc));
    isDone = rows.length < FILL_STEP;
    after = rows.at(-1)?.rid ?? after;
    yield;
  }
}

/** Makes an index without anything in it; undefined where it exists. */
function declareIndex(writer: Writer, name: string, spec: IndexSpec): IndexEntry | undefined {
  const collection = ensureCollection(writer, name);
  if (isIdIndex(spec)) return undefined;
  const existing = collection.indexes.find(
    (index) => index.spec.name === spec.name || sameKeys(index.spec, spec),
  );
  if (existing !== undefined) {
    requireSame(existing.spec, spec);
    return undefined;
  }

  const { lastInsertRowid } = writer.run(
    'INSERT INTO _indexes (collection, spec) VALUES (?, ?)',
    collection.id,
    encodeSpec(spec),
  );
  const index = indexEntry(Number(lastInsertRowid), spec, false);
  writer.setEntry(name, { ...collection, indexes: [...collection.indexes, index] });
  if (spec.text !== undefined) {
    createTextTable(writer, index.table, spec.text);
    return index;
  }
  // Under a collation strings that differ may share a key: who is equal is seen when one is added.
  const isOnePerKey = spec.unique && spec.collation === undefined;
  const key = isOnePerKey ? 'PRIMARY KEY (k)' : 'PRIMARY KEY (k, rid)';
  writer.run(`CREATE TABLE ${index.table} (k BLOB NOT NULL, rid INTEGER NOT NULL, ${key}) WITHOUT ROWID`);
  return index;
}

export function dropIndex(writer: Writer, name: string, wanted: string): void {
  const collection = writer.catalog.get(name);
  if (collection === undefined) throw serverError(26, 'NamespaceNotFound', `ns not found ${name}`);
  if (wanted === '_id_') throw serverError(72, 'InvalidOptions', 'cannot drop _id index');
  const gone = collection.indexes.filter((index) => wanted === '*' || index.spec.name === wanted);
  if (gone.length === 0 && wanted !== '*') {
    throw serverError(27, 'IndexNotFound', `index not found with name [${wanted}]`);
  }
  for (const index of gone) removeIndex(writer, index);
  writer.setEntry(name, {
    ...collection,
    indexes: collection.indexes.filter((index) => !gone.includes(index)),
  });
}

/** All of a collection's indexes as MongoDB lists them, `_id_` first. */
export function listIndexes(collection: CollectionEntry): Document[] {
  const own = collection.indexes.map((index) => describeIndex(index.spec));
  return [{ v: 2, key: { _id: 1 }, name: '_id_' }, ...own];
}

function removeIndex(writer: Writer, index: IndexEntry): void {
  writer.run(`DROP TABLE ${index.table}`);
  writer.run('DELETE FROM _indexes WHERE id = ?', index.id);
}

function isIdIndex(spec: IndexSpec): boolean {
  return spec.fields.length === 1 && spec.fields[0]?.[0] === '_id';
}

function sameKeys(a: IndexSpec, b: IndexSpec): boolean {
  // Two text indexes have the same keys: there is one for a collection.
  const identity = ({ fields, partial, collation, hashed }: IndexSpec): string =>
    JSON.stringify([fields, partial, collation, hashed]);
  return identity(a) === identity(b);
}

function requireSame(existing: IndexSpec, wanted: IndexSpec): void {
  if (JSON.stringify(describeIndex(existing)) === JSON.stringify(describeIndex(wanted))) return;
  if (existing.name === wanted.name && !sameKeys(existing, wanted)) {
    throw serverError(
      86,
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index: ${existing.name}`,
    );
  }
  throw serverError(
    85,
    'IndexOptionsConflict',
    `An index with the same keys but other options or name exists: ${existing.name}`,
  );
}
