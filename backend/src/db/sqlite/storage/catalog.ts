import type { Database } from 'bun:sqlite';
import { decodeDocument, encodeDocument } from '../values/bson.ts';
import { parseCollation } from '../values/collation.ts';
import type { Collation } from '../values/collation.ts';
import { compileKeys } from '../indexes/index-keys.ts';
import type { KeyExtractor } from '../indexes/index-keys.ts';
import type { IndexSpec } from '../indexes/index-spec.ts';

/** An index of a collection, and the table that holds its keys. */
export type IndexEntry = {
  readonly id: number;
  readonly table: string;
  /** What changes it: made once, since the text of a statement is what finds it prepared. */
  readonly statements: { readonly insert: string; readonly move: string; readonly remove: string };
  readonly spec: IndexSpec;
  /** Whether any document ever had an array there: then a document may stand at several keys. */
  readonly isMultikey: boolean;
  readonly keysOf: KeyExtractor;
  readonly collation: Collation | undefined;
  /** The documents' own fields that its keys depend on; undefined where that may be any. */
  readonly reads: ReadonlySet<string> | undefined;
};

export type CollectionEntry = {
  readonly id: number;
  readonly name: string;
  readonly table: string;
  readonly indexes: readonly IndexEntry[];
};

/** All collections by name. Never changed in place: a rolled-back change is undone by taking the old one. */
export type Catalog = ReadonlyMap<string, CollectionEntry>;

const FORMAT_VERSION = 1;

/**
 * Makes the catalogue's tables in a new file, and checks the version of an old one.
 *
 * @throws Error where a newer program wrote the file, or another kind of program
 */
export function prepareCatalog(db: Database): void {
  if (formatOf(db) !== 0) return requireKnownFormat(db);
  db.transaction(() => {
    // Two connections may have found the file empty.
    if (formatOf(db) !== 0) return;
    requireNoTables(db);
    db.run('CREATE TABLE _collections (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE)');
    db.run(
      'CREATE TABLE _indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL,' +
        ' spec BLOB NOT NULL, multikey INTEGER NOT NULL DEFAULT 0)',
    );
    db.run(`PRAGMA user_version = ${FORMAT_VERSION}`);
  }).immediate();
}

/** @throws Error that says so where the file is not one that this program can read */
export function requireKnownFormat(db: Database): void {
  const version = formatOf(db);
  if (version === FORMAT_VERSION) return;
  if (version === 0) throw new Error('The file is not a database of this program.');
  throw new Error(
    `The database file has format ${version}; this program knows ${FORMAT_VERSION}. Update it.`,
  );
}

function formatOf(db: Database): number {
  return db.query<{ user_version: number }, []>('PRAGMA user_version').get()?.user_version ?? 0;
}

/** A file without our mark that holds something belongs to somebody else. */
function requireNoTables(db: Database): void {
  const found = db.query<{ name: string }, []>('SELECT name FROM sqlite_master LIMIT 1').get();
  if (found === null) return;
  throw new Error(`The file is a database of another program: it holds '${found.name}'.`);
}

export function loadCatalog(db: Database): Catalog {
  const collections = db
    .query<{ id: number; name: string }, []>('SELECT id, name FROM _collections ORDER BY name')
    .all();
  const indexes = db
    .query<{ id: number; collection: number; spec: Uint8Array; multikey: number }, []>(
      'SELECT id, collection, spec, multikey FROM _indexes ORDER BY id',
    )
    .all();
  return new Map(
    collections.map(({ id, name }) => {
      const own = indexes.filter((index) => index.collection === id);
      const entries = own.map((index) => indexEntry(index.id, decodeSpec(index.spec), index.multikey === 1));
      return [name, { id, name, table: `c${id}`, indexes: entries }];
    }),
  );
}

export function indexEntry(id: number, spec: IndexSpec, isMultikey: boolean): IndexEntry {
  const collation = parseCollation(spec.collation);
  const table = `i${id}`;
  return {
    id,
    table,
    statements: {
      insert: `INSERT OR IGNORE INTO ${table} (k, rid) VALUES (?, ?)`,
      move: `UPDATE OR IGNORE ${table} SET k = ? WHERE k = ? AND rid = ?`,
      remove: `DELETE FROM ${table} WHERE k = ? AND rid = ?`,
    },
    spec,
    isMultikey,
    keysOf: compileKeys(spec),
    collation,
    reads: readsOf(spec),
  };
}

function readsOf({ fields, partial = {}, text }: IndexSpec): ReadonlySet<string> | undefined {
  const paths = [...fields.map(([path]) => path), ...Object.keys(partial)];
  // An operator that stands for itself, such as $or, names its fields deeper down.
  if (text !== undefined || paths.some((path) => path.startsWith('$'))) return undefined;
  return new Set(paths.map((path) => path.split('.')[0] ?? path));
}

export function encodeSpec(spec: IndexSpec): Uint8Array {
  return encodeDocument({ ...spec });
}

function decodeSpec(bytes: Uint8Array): IndexSpec {
  const stored = decodeDocument(bytes) as unknown as IndexSpec;
  // BSON has no undefined: what was left out came back as null.
  return {
    ...stored,
    partial: stored.partial ?? undefined,
    expireAfterSeconds: stored.expireAfterSeconds ?? undefined,
    collation: stored.collation ?? undefined,
    text: stored.text ?? undefined,
    hashed: stored.hashed ?? undefined,
  };
}
