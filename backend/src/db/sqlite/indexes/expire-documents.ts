import type { CollectionEntry, IndexEntry } from '../storage/catalog.ts';
import type { Engine } from '../storage/engine.ts';
import { findDocuments } from '../search/find-documents.ts';
import { deleteRow } from '../storage/rows.ts';
import type { Writer } from '../storage/writer.ts';

/** So many at a time that no other write waits long. */
const CHUNK = 200;

/** Deletes the documents whose TTL indexes say that they are due; returns how many. */
export async function expireDocuments(engine: Engine, now: Date): Promise<number> {
  const due = await engine.read(undefined, ({ catalog }) =>
    [...catalog.values()].flatMap((collection) =>
      collection.indexes
        .filter((index) => index.spec.expireAfterSeconds !== undefined)
        .map((index) => ({ collection, index })),
    ),
  );
  let total = 0;
  for (const { collection, index } of due) {
    for (;;) {
      const deleted = await engine.write(undefined, (writer) => expireChunk(writer, collection, index, now));
      total += deleted;
      if (deleted < CHUNK) break;
    }
  }
  return total;
}

function expireChunk(writer: Writer, collection: CollectionEntry, index: IndexEntry, now: Date): number {
  const [field] = index.spec.fields;
  const entry = writer.catalog.get(collection.name);
  if (field === undefined || entry?.id !== collection.id) return 0;
  const before = new Date(now.getTime() - (index.spec.expireAfterSeconds ?? 0) * 1000);
  // The partial filter too: only what the index holds expires.
  const filter = { $and: [{ [field[0]]: { $lte: before } }, index.spec.partial ?? {}] };
  const rows = [...findDocuments(writer, entry, { filter, limit: CHUNK, isExact: true })];
  for (const row of rows) deleteRow(writer, collection.name, row);
  return rows.length;
}
