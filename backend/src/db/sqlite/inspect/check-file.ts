import type { Database } from 'bun:sqlite';
import { loadCatalog } from '../storage/catalog.ts';
import type { Catalog, CollectionEntry } from '../storage/catalog.ts';
import { decodeExact } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';
import { encodeKey } from '../values/key-encoding.ts';
import { auditIndex } from './check-index.ts';
import { showId } from './show-id.ts';
import { sparingly } from './sparingly.ts';

/** Something that is wrong in a file. */
export type Finding = {
  /** A sentence for people. */
  readonly message: string;
  /** Where the fault is an index alone: building it anew from the documents mends it. */
  readonly index?: { readonly collection: string; readonly name: string };
};

/** Told now and then how many of a collection's documents have been looked at. */
export type OnProgress = (collection: string, done: number) => void;

/** No more than so many complaints of one kind: a broken file can have millions. */
const MOST = 20;

/**
 * Finds what is wrong in a file: SQLite's own structure, the catalogue, documents that cannot be read, and indexes
 * that disagree with the documents. Looks at one committed state, while others may write.
 *
 * @param db opened to read, in a transaction
 */
export function* checkFile(db: Database, onProgress: OnProgress = () => undefined): Generator<Finding> {
  const structure = db.query<{ integrity_check: string }, []>(`PRAGMA integrity_check(${MOST})`).all();
  const broken = structure.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  for (const line of broken) yield { message: `the file is damaged: ${line}` };
  // What lies on damaged ground would only be found wrong again.
  if (broken.length > 0) return;
  const catalog = loadCatalog(db);
  const missing = [...checkTables(db, catalog)];
  yield* missing;
  if (missing.length > 0) return;
  for (const collection of catalog.values()) yield* checkCollection(db, collection, onProgress);
}

/** Does the catalogue name the tables that are there, and no others? */
function* checkTables(db: Database, catalog: Catalog): Generator<Finding> {
  const rows = db.query<{ name: string }, []>("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const present = new Set(rows.map(({ name }) => name));
  const wanted = new Map(
    [...catalog.values()].flatMap(({ name, table, indexes }) => [
      [table, `the collection ${name}`] as const,
      ...indexes.map((index) => [index.table, `the index ${name}.${index.spec.name}`] as const),
    ]),
  );
  for (const [table, what] of wanted) {
    if (!present.has(table)) yield { message: `the table ${table} of ${what} is missing` };
  }
  for (const table of present) {
    if (/^[ci]\d+$/.test(table) && !wanted.has(table)) {
      yield { message: `the table ${table} belongs to no collection and no index` };
    }
  }
}

function* checkCollection(
  db: Database,
  collection: CollectionEntry,
  onProgress: OnProgress,
): Generator<Finding> {
  const audits = collection.indexes.map((index) => ({ index, audit: auditIndex(db, collection, index) }));
  const rows = db.query<{ rid: number; id: Uint8Array; doc: Uint8Array }, []>(
    `SELECT rid, id, doc FROM ${collection.table} ORDER BY rid`,
  );
  let done = 0;
  let complaints = 0;
  for (const { rid, id, doc } of sparingly(rows.iterate())) {
    const problem = checkDocument(id, doc, (document) => {
      for (const { audit } of audits) audit.see(rid, document);
    });
    if (problem !== undefined) {
      complaints += 1;
      if (complaints <= MOST) yield { message: `${collection.name}, row ${rid}: ${problem}` };
    }
    done += 1;
    if (done % 1000 === 0) onProgress(collection.name, done);
  }
  onProgress(collection.name, done);
  if (complaints > MOST) yield { message: `${collection.name}: ${complaints - MOST} more such documents` };
  // What such a document's keys are nobody knows.
  if (complaints > 0) return;
  for (const { index, audit } of audits) {
    const problem = audit.finish();
    if (problem === undefined) continue;
    yield {
      message: `the index ${collection.name}.${index.spec.name} ${problem}`,
      index: { collection: collection.name, name: index.spec.name },
    };
  }
}

function checkDocument(
  id: Uint8Array,
  doc: Uint8Array,
  see: (document: Document) => void,
): string | undefined {
  try {
    const document = decodeExact(doc);
    if (Buffer.compare(encodeKey(document['_id']), id) !== 0)
      return `it is stored under another _id than ${showId(document)}`;
    see(document);
    return undefined;
  } catch (error) {
    return `it cannot be read (${error instanceof Error ? error.message : String(error)})`;
  }
}
