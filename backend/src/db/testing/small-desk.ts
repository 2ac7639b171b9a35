import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { connectDatabase } from '../connect.ts';
import { dataFolder } from '../care/data-folder.ts';
import type { DataFolder } from '../care/data-folder.ts';
import { temporaryFolder } from './fixtures.ts';
import type { AnyCollection } from './fixtures.ts';

/** The data folder of a few people, chats and messages, with the indexes that checks rely on; nobody has it open. */
async function smallDesk(
  fields: { people?: number; chats?: number } = {},
): Promise<{ data: DataFolder; remove: () => void }> {
  const { people = 40, chats = 5 } = fields;
  const folder = temporaryFolder();
  const database = await connectDatabase({ dataDir: folder.path });
  const use = (name: string) => database.connection.collection(name) as unknown as AnyCollection;
  const users = use('users');
  await users.createIndex({ email: 1 }, { unique: true });
  await users.createIndex({ tags: 1 });
  await users.insertMany(
    Array.from({ length: people }, (_, n) => ({
      _id: n,
      email: `person${n}@example.com`,
      tags: ['a', `t${n}`],
      text: 'x'.repeat(300),
    })),
  );
  await use('messages').createIndex({ chatId: 1, seq: 1 }, { unique: true });
  for (let chat = 1; chat <= chats; chat++) {
    await use('chats').insertOne({ _id: `chat${chat}`, lastSeq: chat });
    await use('messages').insertMany(
      Array.from({ length: chat }, (_, n) => ({ chatId: `chat${chat}`, seq: n + 1 })),
    );
  }
  await database.close();
  return { data: dataFolder(folder.path), remove: folder.remove };
}

/** Changes documents of a data folder that nobody has open. */
export async function change(
  data: DataFolder,
  collection: string,
  work: (collection: AnyCollection) => Promise<unknown>,
): Promise<void> {
  const database = await connectDatabase({ dataDir: data.path });
  await work(database.connection.collection(collection) as unknown as AnyCollection);
  await database.close();
}

/** All that a data folder's database holds, to compare. */
export async function contents(data: DataFolder): Promise<Record<string, unknown[]>> {
  const database = await connectDatabase({ dataDir: data.path });
  const found: Record<string, unknown[]> = {};
  for (const name of ['users', 'chats', 'messages']) {
    const collection = database.connection.collection(name) as unknown as AnyCollection;
    found[name] = await collection.find({}).sort({ _id: 1 }).toArray();
  }
  await database.close();
  return found;
}

/** What `bun run db` runs. */
export const DB_SCRIPT = new URL('../../../scripts/db.ts', import.meta.url).pathname;

/** A folder for backups and whatever else a test makes. */
export function place(): string {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  return folder.path;
}

/** A small desk that is gone after the test. */
export async function desk(): Promise<DataFolder> {
  const { data, remove } = await smallDesk();
  onTestFinished(remove);
  return data;
}

/** An attachment, as the server will keep them. */
export function upload(data: DataFolder, name: string, text: string): void {
  mkdirSync(dirname(join(data.uploads, name)), { recursive: true });
  writeFileSync(join(data.uploads, name), text);
}

/** The names of all attachments. */
export const uploadsIn = (data: DataFolder): string[] =>
  readdirSync(data.uploads, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();
