import { Database } from 'bun:sqlite';
import { mkdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Schema } from 'mongoose';
import { expect, test } from 'vitest';
import { connectDatabase, ensureIndexes } from './connect.ts';
import { sqliteOf } from './testing/embedded.ts';
import { temporaryFolder } from './testing/fixtures.ts';

test('the folder is made for its owner only', async () => {
  const folder = temporaryFolder();
  const dataDir = join(folder.path, 'deep', 'data');
  const database = await connectDatabase({ dataDir });
  expect(database.kind).toBe('embedded');
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  await database.close();
  folder.remove();
});

test('a folder that cannot be used is one line that names DATA_DIR', async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  await expect(connectDatabase({ dataDir: join(file, 'data') })).rejects.toThrow(
    /^DATA_DIR: the folder '.*' cannot[^\n]*$/,
  );
  folder.remove();
});

test('a file that cannot be opened names DATA_DIR too, one that is no database does not blame the folder', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'wzatco.sqlite'));
  await expect(connectDatabase({ dataDir: folder.path })).rejects.toThrow(/^DATA_DIR: /);
  rmdirSync(join(folder.path, 'wzatco.sqlite'));
  writeFileSync(join(folder.path, 'wzatco.sqlite'), 'not a database '.repeat(100));
  await expect(connectDatabase({ dataDir: folder.path })).rejects.toThrow(/not a database/);
  folder.remove();
});

test('several databases in one process have their own models and data', async () => {
  const folders = [temporaryFolder(), temporaryFolder()];
  const schema = new Schema({ name: { type: String, unique: true } });
  const [one, two] = await Promise.all(folders.map(({ path }) => connectDatabase({ dataDir: path })));
  if (one === undefined || two === undefined) throw new Error('not opened');
  const First = one.connection.model('Thing', schema);
  const Second = two.connection.model('Thing', schema);
  await Promise.all([ensureIndexes(one.connection), ensureIndexes(two.connection)]);
  await First.create({ name: 'a' });
  expect(await Second.countDocuments()).toBe(0);
  await Second.create({ name: 'a' });
  await expect(First.create({ name: 'a' })).rejects.toMatchObject({ code: 11000 });
  await Promise.all([one.close(), two.close()]);
  for (const folder of folders) folder.remove();
});

test('closing waits for what is under way; afterwards nothing is accepted', async () => {
  const folder = temporaryFolder();
  const first = await connectDatabase({ dataDir: folder.path });
  const collection = first.connection.collection('things');
  const writing = Promise.all(Array.from({ length: 20 }, (_, n) => collection.insertOne({ n })));
  await Promise.all([writing, first.close()]);
  const second = await connectDatabase({ dataDir: folder.path });
  expect(await second.connection.collection('things').countDocuments()).toBe(20);
  await second.close();
  folder.remove();
});

test('a file of a newer program is refused', async () => {
  const folder = temporaryFolder();
  const database = await connectDatabase({ dataDir: folder.path });
  sqliteOf(database.connection).writer.run('PRAGMA user_version = 99');
  await database.close();
  await expect(connectDatabase({ dataDir: folder.path })).rejects.toThrow(/format 99/);
  folder.remove();
});

test('a SQLite file of another program is left as it is', async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'wzatco.sqlite');
  const other = new Database(file);
  other.run('CREATE TABLE songs (title TEXT)');
  other.close();
  await expect(connectDatabase({ dataDir: folder.path })).rejects.toThrow(
    /another program: it holds 'songs'/,
  );
  const again = new Database(file, { readonly: true });
  expect(again.query('SELECT name FROM sqlite_master').values()).toEqual([['songs']]);
  again.close();
  folder.remove();
});

test('a server that is not there is an error, and a wrong URI too', async () => {
  await expect(connectDatabase({ mongodbUri: 'nonsense://x', dataDir: '' })).rejects.toThrow();
});

test('what is due by a TTL index is deleted when the program asks for it', async () => {
  const folder = temporaryFolder();
  const database = await connectDatabase({ dataDir: folder.path });
  const now = new Date('2026-01-01T00:00:00Z');
  const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
  const collection = database.connection.collection<{ _id: number; at?: unknown; keep?: boolean }>(
    'sessions',
  );
  await collection.createIndex(
    { at: 1 },
    { expireAfterSeconds: 60, partialFilterExpression: { keep: false } },
  );
  await collection.insertMany([
    { _id: 1, at: at(-61), keep: false },
    { _id: 2, at: at(-59), keep: false },
    { _id: 3, at: at(-61), keep: true },
    { _id: 4, at: 'text', keep: false },
    ...Array.from({ length: 450 }, (_, n) => ({ _id: 10 + n, at: at(-100), keep: false })),
  ]);
  expect(await database.expireDocuments(now)).toBe(451);
  const left = await collection.find().sort({ _id: 1 }).toArray();
  expect(left.map(({ _id }) => _id)).toEqual([2, 3, 4]);
  await database.close();
  folder.remove();
});
