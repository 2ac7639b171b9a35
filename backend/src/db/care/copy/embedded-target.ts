import { mkdirSync } from 'node:fs';
import { Client, Snapshot } from '../../sqlite/index.ts';
import type { DataFolder } from '../data-folder.ts';
import { finishRestore } from '../finish-restore.ts';
import { indexParts, isData, STATE_COLLECTION, STATE_ID } from './store.ts';
import type { CopyState, Target } from './store.ts';

/**
 * The embedded file, made if there is none.
 *
 * @throws Error where a server has it
 */
export function embeddedTarget(data: DataFolder): Target {
  mkdirSync(data.path, { recursive: true, mode: 0o700 });
  finishRestore(data);
  const client = new Client(data.database, 'main');
  const db = client.db();
  const state = db.collection(STATE_COLLECTION);
  return {
    name: data.database,
    async collections() {
      using snapshot = new Snapshot(data.database);
      return snapshot.collections().filter(({ name }) => isData(name));
    },
    *documents(collection, skip) {
      using snapshot = new Snapshot(data.database);
      yield* snapshot.documents(collection, skip);
    },
    async create(collection) {
      const known = await db.listCollections({ name: collection }).toArray();
      if (known.length === 0) await db.createCollection(collection);
    },
    async insert(collection, documents) {
      await db.collection(collection).insertMany([...documents]);
    },
    async remove(collection, ids) {
      await db.collection(collection).deleteMany({ _id: { $in: ids } });
    },
    async createIndex(collection, index) {
      const { key, options } = indexParts(index);
      await db.collection(collection).createIndex(key, options);
    },
    async drop(collection) {
      await db.collection(collection).drop();
    },
    async loadState() {
      const found = await state.findOne({ _id: STATE_ID });
      return found === null ? undefined : (found as unknown as CopyState);
    },
    async saveState(next) {
      await state.replaceOne({ _id: STATE_ID }, { ...next }, { upsert: true });
    },
    close: () => client.close(),
  };
}
