import { mongo } from 'mongoose';
import type { CollectionSummary } from '../../sqlite/index.ts';
import { exactDocument } from './exact-document.ts';
import { gently } from './gently.ts';
import type { Documents, Fields, Source, Target } from './store.ts';

/** A batch ends with so many documents, or so many bytes. */
const BATCH = 500;
const BATCH_BYTES = 4 * 1024 * 1024;

/** How far a collection has come. */
export type Position = { readonly done: number; readonly lastId: unknown };

/** Nothing is there yet. */
export const START: Position = { done: 0, lastId: null };

/**
 * Copies what a collection lacks, in the order of `_id`.
 *
 * @param from where an earlier run stopped; it goes on there if the source still has the same document in that place
 * @param onBatch told after each batch, when the target has it
 */
export async function copyCollection(
  source: Source,
  target: Target,
  { name }: CollectionSummary,
  from: Position | undefined,
  onBatch: (position: Position) => Promise<void>,
): Promise<void> {
  const start = from !== undefined && (await isSamePlace(source, name, from)) ? from : START;
  await target.create(name);
  await removeBehind(target, name, start);
  let { done } = start;
  for await (const batch of batches(name, gently(source.documents(name, done)))) {
    await target.insert(name, batch);
    done += batch.length;
    await onBatch({ done, lastId: batch.at(-1)?.['_id'] });
  }
}

async function isSamePlace(source: Source, name: string, { done, lastId }: Position): Promise<boolean> {
  if (done === 0) return true;
  for await (const bytes of source.documents(name, done - 1)) {
    const { _id } = exactDocument(name, bytes);
    return mongo.BSON.EJSON.stringify({ _id }) === mongo.BSON.EJSON.stringify({ _id: lastId });
  }
  return false;
}

/** What an interrupted batch left behind the place to go on from. */
async function removeBehind(target: Target, name: string, { done }: Position): Promise<void> {
  for (;;) {
    const ids: unknown[] = [];
    for await (const bytes of target.documents(name, done)) {
      ids.push(mongo.BSON.deserialize(bytes, { promoteValues: false })['_id']);
      if (ids.length === BATCH) break;
    }
    if (ids.length === 0) return;
    await target.remove(name, ids);
  }
}

async function* batches(name: string, documents: Documents): AsyncGenerator<Fields[]> {
  let batch: Fields[] = [];
  let size = 0;
  for await (const bytes of documents) {
    batch.push(exactDocument(name, bytes));
    size += bytes.length;
    if (batch.length < BATCH && size < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}
