import type { CollectionEntry } from '../storage/catalog.ts';
import type { ReadSource } from '../storage/writer.ts';
import { isDocument } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { encodeCompound } from '../values/key-encoding.ts';
import { isIndexable } from './filter-bounds.ts';

/** The way to what stands at a unique key: one document or none. */
export type OnePlan = {
  readonly kind: 'one';
  /** The index's. */
  readonly name: string;
  readonly key: Uint8Array;
  /** Finds the place and the document at a key. */
  readonly sql: string;
  /** Whether the filter asks for nothing else: keys are equal where their values are. */
  readonly isAll: boolean;
};

/** An index in which every document stands once, by its bytes. */
type UniqueKey = {
  readonly name: string;
  readonly paths: readonly string[];
  readonly descending: readonly boolean[];
  readonly sql: string;
};

/**
 * How to reach what a unique key finds, where the filter names its values: most of what programs ask for. The weighing
 * of all indexes comes to the same, and takes several times as long.
 */
export function oneDocument(collection: CollectionEntry, filter: Document): OnePlan | undefined {
  for (const { name, paths, descending, sql } of known.get(collection) ?? listUniqueKeys(collection)) {
    const values = namedValues(paths, filter);
    if (values === undefined) continue;
    const isAll = Object.keys(filter).length === paths.length;
    return { kind: 'one', name, key: encodeCompound(values, descending), sql, isAll };
  }
  return undefined;
}

/** What stands there. */
export function readOne(
  { db }: ReadSource,
  { sql, key }: OnePlan,
): { rid: number; bytes: Uint8Array } | undefined {
  const [row] = db.query(sql).values(key) as [number, Uint8Array][];
  return row === undefined ? undefined : { rid: row[0], bytes: row[1] };
}

/** Entries never change: a collection whose indexes change gets another one. */
const known = new WeakMap<CollectionEntry, readonly UniqueKey[]>();

function listUniqueKeys(collection: CollectionEntry): readonly UniqueKey[] {
  const { table, indexes } = collection;
  const id = {
    name: '_id_',
    paths: ['_id'],
    descending: [false],
    sql: `SELECT rid, doc FROM ${table} WHERE id = ?`,
  };
  const others = indexes
    .filter(
      ({ spec, isMultikey, collation }) =>
        spec.unique && !spec.sparse && spec.partial === undefined && !isMultikey && collation === undefined,
    )
    // By one that names a path twice, a filter would seem to ask for nothing else.
    .filter(({ spec: { fields } }) => new Set(fields.map(([path]) => path)).size === fields.length)
    .map((index) => ({
      name: index.spec.name,
      paths: index.spec.fields.map(([path]) => path),
      descending: index.spec.fields.map(([, direction]) => direction === -1),
      // Without its plus sign SQLite takes nearly twice as long for the join: 75,000 a second for 130,000.
      sql: `SELECT d.rid, d.doc FROM ${index.table} t CROSS JOIN ${table} d ON d.rid = t.rid WHERE t.k = +?`,
    }));
  const listed = [id, ...others];
  known.set(collection, listed);
  return listed;
}

/** The values that a filter gives for all of some paths; null is left to the weighing, which knows what is missing. */
function namedValues(paths: readonly string[], filter: Document): unknown[] | undefined {
  const values: unknown[] = [];
  for (const path of paths) {
    const value = filter[path];
    if (value === undefined || value === null || !isIndexable(value) || isDocument(value)) return undefined;
    values.push(value);
  }
  return values;
}
