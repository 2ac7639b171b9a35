import type { CollectionSummary } from '../../sqlite/index.ts';

export type Fields = Record<string, unknown>;

/** Documents as BSON, by `_id`. */
export type Documents = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A database to copy from. */
export type Source = {
  /** For people; no password. */
  readonly name: string;
  readonly collections: () => Promise<readonly CollectionSummary[]>;
  /** All of a collection, without the first so many. */
  readonly documents: (collection: string, skip?: number) => Documents;
  readonly close: () => Promise<void>;
};

/** A database to copy into. */
export type Target = Source & {
  readonly create: (collection: string) => Promise<void>;
  /** Values are of BSON's classes, so that no number changes its type. */
  readonly insert: (collection: string, documents: readonly Fields[]) => Promise<void>;
  readonly remove: (collection: string, ids: readonly unknown[]) => Promise<void>;
  /** @param index as `listIndexes` shows it; one that is there already is kept */
  readonly createIndex: (collection: string, index: Readonly<Fields>) => Promise<void>;
  readonly drop: (collection: string) => Promise<void>;
  readonly loadState: () => Promise<CopyState | undefined>;
  readonly saveState: (state: CopyState) => Promise<void>;
};

/** How far a copy has come. It stands in the target until the copy is whole and compared. */
export type CopyState = {
  /** What is copied; another source cannot go on with it. */
  readonly source: string;
  /** Those before it by name are there; null when all are. */
  readonly collection: string | null;
  /** So many of its documents are there, the last of them with this `_id`. */
  readonly done: number;
  readonly lastId: unknown;
};

/** Where the state stands; a database that has it is not whole, and no server starts on it. */
export const STATE_COLLECTION = 'copy_state';
export const STATE_ID = 'copy';

/** What belongs to the database itself, or to a copy that is under way. */
export function isData(collection: string): boolean {
  return collection !== STATE_COLLECTION && !collection.startsWith('system.');
}

/** An index without what its creator did not say. */
export function indexParts(index: Readonly<Fields>): { key: Fields; options: Fields } {
  const { key, v: _v, ns: _ns, background: _background, collation, ...options } = index;
  if (collation === undefined) return { key: key as Fields, options };
  // Each side has language data of its own version.
  const { version: _version, ...asked } = collation as Fields;
  return { key: key as Fields, options: { ...options, collation: asked } };
}
