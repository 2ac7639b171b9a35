import type { CollectionSummary } from '../../sqlite/index.ts';
import type { Progress } from '../progress.ts';
import { digestOf } from './compare-collection.ts';
import { copyCollection, START } from './copy-collection.ts';
import { STATE_COLLECTION } from './store.ts';
import type { CopyState, Source, Target } from './store.ts';

export type CopyResult = {
  readonly collections: number;
  readonly documents: number;
  readonly isResumed: boolean;
};

/**
 * Copies a database: documents in the order of `_id`, then the indexes; then both sides are read again, and their
 * counts and digests compared. How far it is stands in the target, so that after an interruption the same call goes
 * on there. Until all is equal no server starts on the target.
 *
 * @param force what the target holds already is deleted first
 * @throws Error with one line: the target holds other data, or one side changed meanwhile
 */
export async function copy(
  source: Source,
  target: Target,
  progress: Progress,
  { force = false }: { force?: boolean } = {},
): Promise<CopyResult> {
  const state = force ? undefined : await target.loadState();
  if (state === undefined) await requireEmpty(target, force);
  else if (state.source !== source.name) throw otherCopy(target, state);
  const collections = await source.collections();
  for (const collection of collections) await bringOver(source, target, collection, state, progress);
  await target.saveState({ source: source.name, collection: null, ...START });
  for (const collection of collections) {
    for (const index of collection.indexes) await target.createIndex(collection.name, index);
  }
  for (const collection of collections) await compare(source, target, collection, progress);
  progress.end();
  await target.drop(STATE_COLLECTION);
  const documents = collections.reduce((sum, { count }) => sum + count, 0);
  return { collections: collections.length, documents, isResumed: state !== undefined };
}

async function requireEmpty(target: Target, force: boolean): Promise<void> {
  const present = await target.collections();
  if (force) {
    for (const { name } of present) await target.drop(name);
    return;
  }
  const full = present.find(({ count }) => count > 0);
  if (full === undefined) return;
  throw new Error(
    `${target.name} holds data already (${full.count} documents in ${full.name}): choose another database, or --force to delete it first`,
  );
}

function otherCopy(target: Target, state: CopyState): Error {
  return new Error(
    `${target.name} holds an unfinished copy of ${state.source}: finish that one, or --force to delete it first`,
  );
}

async function bringOver(
  source: Source,
  target: Target,
  collection: CollectionSummary,
  state: CopyState | undefined,
  progress: Progress,
): Promise<void> {
  const { name, count } = collection;
  const isThere = state !== undefined && (state.collection === null || state.collection > name);
  if (isThere) return;
  const from = state?.collection === name ? state : undefined;
  progress.begin(`copying ${name}`, count);
  const { done, lastId } = from ?? START;
  await target.saveState({ source: source.name, collection: name, done, lastId });
  await copyCollection(source, target, collection, from, async (position) => {
    await target.saveState({ source: source.name, collection: name, ...position });
    progress.update(position.done);
  });
  progress.update(count);
}

/** Compares both sides; one that differs, since the source has changed since an earlier run, is copied again. */
async function compare(
  source: Source,
  target: Target,
  collection: CollectionSummary,
  progress: Progress,
): Promise<void> {
  if (await isEqual(source, target, collection, progress)) return;
  progress.begin(`copying ${collection.name} again`, collection.count);
  await copyCollection(source, target, collection, undefined, async ({ done }) => progress.update(done));
  if (await isEqual(source, target, collection, progress)) return;
  throw new Error(
    `${collection.name} differs after copying it twice: does a server write to ${source.name} or ${target.name}? Stop it, and copy again`,
  );
}

async function isEqual(
  source: Source,
  target: Target,
  { name, count }: CollectionSummary,
  progress: Progress,
): Promise<boolean> {
  progress.begin(`comparing ${name}`, 2 * count);
  const ours = await digestOf(source.documents(name), (done) => progress.update(done));
  const theirs = await digestOf(target.documents(name), (done) => progress.update(ours.count + done));
  return ours.count === theirs.count && ours.sha256 === theirs.sha256;
}
