import { mongo } from 'mongoose';
import { indexParts, isData, STATE_COLLECTION, STATE_ID } from './store.ts';
import type { CopyState, Fields, Target } from './store.ts';

/** So many documents come at a time: the server's own choice is 16 MB, of which several would be held. */
const BATCH = 500;

/**
 * A database on a MongoDB server, to copy from or into.
 *
 * @param uri names the database, as `MONGODB_URI` does
 */
export async function mongodbStore(uri: string): Promise<Target> {
  const client = await new mongo.MongoClient(uri, {
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    ignoreUndefined: false,
  }).connect();
  const db = client.db();
  const state = db.collection<CopyState & { _id: string }>(STATE_COLLECTION);
  const of = (collection: string) => db.collection<Fields>(collection);
  return {
    name: `${client.options.hosts.map(String).join(',') || client.options.srvHost}/${db.databaseName}`,
    async collections() {
      const listed = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
      const names = listed.map(({ name }) => name).filter(isData);
      return await Promise.all(
        names.toSorted().map(async (name) => ({
          name,
          count: await of(name).countDocuments(),
          indexes: (await of(name).indexes()).filter((index) => index.name !== '_id_'),
        })),
      );
    },
    documents: (collection, skip = 0) =>
      of(collection).find(
        {},
        { raw: true, sort: { _id: 1 }, skip, batchSize: BATCH },
      ) as unknown as AsyncIterable<Uint8Array>,
    async create(collection) {
      const known = await db.listCollections({ name: collection }).toArray();
      if (known.length === 0) await db.createCollection(collection);
    },
    async insert(collection, documents) {
      await of(collection).insertMany([...documents], { ordered: false });
    },
    async remove(collection, ids) {
      await of(collection).deleteMany({ _id: { $in: ids as mongo.ObjectId[] } });
    },
    async createIndex(collection, index) {
      const { key, options } = indexParts(index);
      await of(collection).createIndex(key as mongo.IndexSpecification, options);
    },
    async drop(collection) {
      await of(collection).drop();
    },
    async loadState() {
      return (await state.findOne({ _id: STATE_ID })) ?? undefined;
    },
    async saveState(next) {
      await state.replaceOne({ _id: STATE_ID }, next, { upsert: true });
    },
    close: () => client.close(),
  };
}
