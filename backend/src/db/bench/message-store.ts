import { join } from 'node:path';
import { trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineMessageModel } from '../../features/chat/message.model.ts';
import type { MessageModel } from '../../features/chat/message.model.ts';
import { connectDatabase, ensureIndexes } from '../connect.ts';
import type { AnyCollection } from '../testing/fixtures.ts';
import { nthMessage } from './sample-messages.ts';

/** An open database with so many messages in it. */
export type MessageStore = {
  readonly connection: Connection;
  readonly model: MessageModel;
  /** The driver's collection, without Mongoose. */
  readonly collection: AnyCollection;
  readonly documents: number;
  /** Deletes what was inserted after the filling. */
  readonly removeAdded: (ids: readonly unknown[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

const BATCH = 1000;

/** Opens the embedded database of a folder, and fills a new one; `onProgress` hears how many are in. */
export async function openEmbedded(
  folder: string,
  documents: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<MessageStore> {
  const dataDir = dataFolder(folder, documents);
  const database = await connectDatabase({ dataDir });
  const store = storeOf(database.connection, documents, database.close);
  if ((await store.collection.estimatedDocumentCount()) === 0) await fill(store, onProgress);
  return store;
}

/** The file of a database that `openEmbedded` filled. */
export function fileOf(folder: string, documents: number): string {
  return join(dataFolder(folder, documents), 'wzatco.sqlite');
}

/** The data folder of a database of so many documents. */
export function dataFolder(folder: string, documents: number): string {
  return join(folder, String(documents));
}

/** A new database on a server that speaks MongoDB's protocol; `close` drops it. */
export async function openServer(uri: string, documents: number): Promise<MessageStore> {
  const url = new URL(uri);
  url.pathname = `/bench_${process.pid}`;
  const database = await connectDatabase({ mongodbUri: url.href, dataDir: '' });
  const store = storeOf(database.connection, documents, async () => {
    await database.connection.dropDatabase();
    await database.close();
  });
  await fill(store, () => undefined);
  return store;
}

function storeOf(connection: Connection, documents: number, close: () => Promise<void>): MessageStore {
  const model = defineMessageModel(connection);
  const collection = connection.db?.collection('messages') as unknown as AnyCollection;
  const removeAdded = async (ids: readonly unknown[]): Promise<void> => {
    for (let at = 0; at < ids.length; at += BATCH) {
      await model.deleteMany({ _id: trusted({ $in: ids.slice(at, at + BATCH) }) as never });
    }
  };
  return { connection, model, collection, documents, removeAdded, close };
}

async function fill({ connection, collection, documents }: MessageStore, onProgress: (done: number) => void) {
  await ensureIndexes(connection);
  for (let done = 0; done < documents; done += BATCH) {
    const count = Math.min(BATCH, documents - done);
    await collection.insertMany(Array.from({ length: count }, (_, at) => nthMessage(done + at)));
    onProgress(done + count);
  }
}
