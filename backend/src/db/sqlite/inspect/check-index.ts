import type { Database } from 'bun:sqlite';
import type { CollectionEntry, IndexEntry } from '../storage/catalog.ts';
import { decodeExact } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import type { IndexKey } from '../indexes/index-keys.ts';
import { auditText } from './check-text.ts';
import { showId } from './show-id.ts';

/** Compares one index with the documents, which it is shown one after the other. */
export type IndexAudit = {
  readonly see: (rid: number, document: Document) => void;
  /** What is wrong with it, as a sentence; nothing where it agrees. */
  readonly finish: () => string | undefined;
};

/**
 * Every key of every document is looked for in the index. If all are there and the index has no more entries than
 * that, both agree.
 */
export function auditIndex(db: Database, collection: CollectionEntry, index: IndexEntry): IndexAudit {
  if (index.spec.text !== undefined) return auditText(db, index, index.spec.text);
  const has = db.query<{ found: number }, [Uint8Array, number]>(
    `SELECT 1 AS found FROM ${index.table} WHERE k = ? AND rid = ?`,
  );
  let expected = 0;
  let missing = 0;
  let firstMissing = '';
  let isUnmarked = false;
  return {
    see(rid, document) {
      const { keys, isMultikey } = index.keysOf(document);
      if (isMultikey && !index.isMultikey) isUnmarked = true;
      for (const bytes of distinctBytes(keys)) {
        expected += 1;
        if (has.get(bytes, rid) !== null) continue;
        missing += 1;
        firstMissing ||= showId(document);
      }
    },
    finish() {
      const held = db.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${index.table}`).get()?.n ?? 0;
      const extra = held - (expected - missing);
      const wrongs = [
        ...(missing > 0 ? [`lacks ${missing} of ${expected} keys (first of ${firstMissing})`] : []),
        ...(extra > 0
          ? [`holds ${extra} keys that no document has${firstExtra(db, collection, index)}`]
          : []),
        ...(isUnmarked ? ['does not know that it holds arrays'] : []),
      ];
      return wrongs.length === 0 ? undefined : wrongs.join(', ');
    },
  };
}

/** Under a collation several values of an array may share a key. */
function distinctBytes(keys: readonly IndexKey[]): Iterable<Uint8Array> {
  return new Map(keys.map(({ bytes }) => [Buffer.from(bytes).toString('latin1'), bytes])).values();
}

/** Where to look: the first entry that should not be there. */
function firstExtra(db: Database, collection: CollectionEntry, index: IndexEntry): string {
  const entries = db.query<{ k: Uint8Array; rid: number }, []>(`SELECT k, rid FROM ${index.table}`);
  const find = db.query<{ doc: Uint8Array }, [number]>(`SELECT doc FROM ${collection.table} WHERE rid = ?`);
  for (const { k, rid } of entries.iterate()) {
    const row = find.get(rid);
    if (row === null) return ` (one of a document that is gone)`;
    const document = decodeExact(row.doc);
    const isRight = index.keysOf(document).keys.some(({ bytes }) => Buffer.compare(bytes, k) === 0);
    if (!isRight) return ` (one of ${showId(document)})`;
  }
  return '';
}
