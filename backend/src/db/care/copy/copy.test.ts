import { mongo } from 'mongoose';
import { expect, onTestFinished, test } from 'vitest';
import { connectDatabase } from '../../connect.ts';
import { migrateData } from '../../migrations/migrate-data.ts';
import { Snapshot } from '../../sqlite/index.ts';
import { change, contents, DB_SCRIPT, desk, place } from '../../testing/small-desk.ts';
import { check } from '../check.ts';
import { dataFolder } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { createProgress } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { copy } from './copy.ts';
import { embeddedSource } from './embedded-source.ts';
import { embeddedTarget } from './embedded-target.ts';
import { mongodbStore } from './mongodb-store.ts';
import type { Target } from './store.ts';

const SILENT = createProgress({ write: () => undefined });
const { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID } = mongo;

/** A value of every type, in an order of fields that is not the alphabet's. */
const TYPES = {
  zero: new Double(-0),
  int: new Int32(1),
  double: new Double(1),
  long: Long.fromString('9007199254740993'),
  decimal: Decimal128.fromString('1.10'),
  date: new Date(0),
  id: new ObjectId(),
  binary: new Binary(Buffer.from('x'), 5),
  uuid: new UUID(),
  pattern: /a.b/i,
  timestamp: new Timestamp({ t: 1, i: 2 }),
  nothing: null,
  nested: [{ b: [], a: {} }],
  'dotted.name': '$dollar',
};

/** A desk with ids and values of all types. */
async function oddDesk(): Promise<DataFolder> {
  const data = await desk();
  await change(data, 'odd', async (odd) => {
    const ids = [1, 'text', new ObjectId(), new Date(0), { a: 1 }, true, Long.fromNumber(7), null];
    await odd.insertMany(ids.map((_id) => ({ _id, ...TYPES })));
    await odd.createIndex({ long: -1, int: 1 }, { name: 'my index', sparse: true });
    await odd.createIndex({ decimal: 1 }, { collation: { locale: 'en', strength: 2 } });
    await odd.createIndex(
      { date: 1 },
      { expireAfterSeconds: 1e9, partialFilterExpression: { int: { $gt: 0 } } },
    );
  });
  return data;
}

/** Everything of a file, byte for byte; indexes by name, since servers list them in orders of their own. */
function bytesOf(data: DataFolder): Record<string, { documents: string[]; indexes: string[] }> {
  using snapshot = new Snapshot(data.database);
  return Object.fromEntries(
    snapshot.collections().map(({ name, indexes }) => [
      name,
      {
        documents: [...snapshot.documents(name)].map((bytes) => Buffer.from(bytes).toString('hex')),
        indexes: indexes.map((index) => JSON.stringify(index)).toSorted(),
      },
    ]),
  );
}

/** Copies from file to file; what is copied is the same towards a server. */
async function copyFiles(from: DataFolder, to: DataFolder, progress: Progress = SILENT, force = false) {
  const source = embeddedSource(from);
  const target = embeddedTarget(to);
  try {
    return await copy(source, target, progress, { force });
  } finally {
    await source.close();
    await target.close();
  }
}

/** Fails when so many documents of a collection are there. */
function failingAt(collection: string, count: number): Progress {
  let title = '';
  return {
    begin: (what) => void (title = what),
    update(done) {
      if (title === `copying ${collection}` && done >= count) throw new Error('pulled the plug');
    },
    end: () => undefined,
  };
}

const empty = (): DataFolder => dataFolder(place());

test('every type of value, every index and every collection arrives, byte for byte', async () => {
  const from = await oddDesk();
  const to = empty();
  expect(await copyFiles(from, to)).toEqual({ collections: 4, documents: 68, isResumed: false });
  expect(bytesOf(to)).toEqual(bytesOf(from));
  expect(await check(to)).toEqual([]);
});

test('an interrupted copy goes on where it stopped; no server starts on it before it is whole', async () => {
  const from = await desk();
  await change(from, 'users', (users) =>
    users.insertMany(Array.from({ length: 2000 }, (_, n) => ({ _id: 1000 + n, email: `late${n}` }))),
  );
  const to = empty();
  await expect(copyFiles(from, to, failingAt('users', 1000))).rejects.toThrow('pulled the plug');
  const database = await connectDatabase({ dataDir: to.path });
  await expect(migrateData(database, { backUp: async () => undefined })).rejects.toThrow(
    /unfinished copy of .*wzatco\.sqlite: run the same/,
  );
  // What an interrupted batch leaves: documents behind the place where the state stands.
  const users = database.connection.collection<{ _id: number }>('users');
  expect(await users.countDocuments()).toBe(1000);
  await users.insertMany([{ _id: 1962 }, { _id: 2999 }, { _id: 5000 }]);
  await database.close();
  const other = await desk();
  await expect(copyFiles(other, to)).rejects.toThrow(/unfinished copy of .*: finish that one, or --force/);

  const seen: number[] = [];
  let title = '';
  const watching: Progress = {
    begin: (what) => void (title = what),
    update: (done) => void (title === 'copying users' && seen.push(done)),
    end: () => undefined,
  };
  expect(await copyFiles(from, to, watching)).toEqual({ collections: 3, documents: 2060, isResumed: true });
  expect(seen[0]).toBe(1500);
  expect(bytesOf(to)).toEqual(bytesOf(from));
  await change(to, 'users', async () => undefined);
});

test('what changed in the source since the interruption is found by comparing, and copied again', async () => {
  const from = await desk();
  const to = empty();
  await expect(copyFiles(from, to, failingAt('users', 1))).rejects.toThrow('pulled the plug');
  await change(from, 'chats', (chats) => chats.updateOne({ _id: 'chat1' }, { $set: { late: true } }));
  await change(from, 'users', (users) => users.deleteOne({ _id: 39 }));
  await copyFiles(from, to);
  expect(bytesOf(to)).toEqual(bytesOf(from));
});

test('a target that holds other data is refused, and emptied only by force', async () => {
  const [from, to] = [await oddDesk(), await desk()];
  const before = await contents(to);
  await expect(copyFiles(from, to)).rejects.toThrow(/holds data already \(5 documents in chats\).*--force/);
  expect(await contents(to)).toEqual(before);
  await copyFiles(from, to, SILENT, true);
  expect(bytesOf(to)).toEqual(bytesOf(from));
});

test('a target that does not give back what it was given is found out', async () => {
  const from = await desk();
  const to = embeddedTarget(empty());
  const source = embeddedSource(from);
  const forgetful: Target = {
    ...to,
    insert: (collection, documents) => to.insert(collection, documents.slice(1)),
  };
  await expect(copy(source, forgetful, SILENT)).rejects.toThrow(/chats differs after copying it twice/);
  await source.close();
  await to.close();
});

const uri = process.env['TEST_MONGODB_URI'];

/** A database of its own on the server, gone after the test. */
function serverUri(): string {
  const url = new URL(uri ?? '');
  url.pathname = `/copy_${process.pid}_${Date.now()}`;
  onTestFinished(async () => {
    const client = await new mongo.MongoClient(url.href).connect();
    await client.db().dropDatabase();
    await client.close();
  });
  return url.href;
}

test.skipIf(uri === undefined)('to a server and back again it is the same, byte for byte', async () => {
  const from = await oddDesk();
  const server = await mongodbStore(serverUri());
  const source = embeddedSource(from);
  expect(await copy(source, server, SILENT)).toMatchObject({ documents: 68 });
  await expect(copy(source, server, SILENT)).rejects.toThrow(/holds data already/);
  await source.close();
  const to = empty();
  const target = embeddedTarget(to);
  expect(await copy(server, target, SILENT)).toMatchObject({ documents: 68 });
  await target.close();
  await server.close();
  expect(bytesOf(to)).toEqual(bytesOf(from));
  expect(await check(to)).toEqual([]);
});

test.skipIf(uri === undefined)(
  'killed in its middle and called again it is whole',
  async () => {
    const from = await desk();
    await change(from, 'users', (users) =>
      users.insertMany(Array.from({ length: 3000 }, (_, n) => ({ _id: 1000 + n, email: `late${n}` }))),
    );
    const to = serverUri();
    const run = () =>
      Bun.spawn([process.execPath, DB_SCRIPT, 'copy', '--to', to], {
        env: { ...process.env, DATA_DIR: from.path },
        stdout: 'pipe',
        stderr: 'ignore',
      });
    const first = run();
    const server = await mongodbStore(to);
    await expect
      .poll(async () => (await server.loadState())?.collection === 'users', { timeout: 15_000, interval: 5 })
      .toBe(true);
    first.kill('SIGKILL');
    await first.exited;
    expect(await server.loadState()).toMatchObject({ collection: 'users' });
    const second = run();
    expect(await new Response(second.stdout).text()).toContain('going on from where an earlier run stopped');
    expect(await second.exited).toBe(0);
    const counts = (await server.collections()).map(({ name, count }) => [name, count]);
    expect(counts).toEqual([
      ['chats', 5],
      ['messages', 15],
      ['users', 3040],
    ]);
    await server.close();
  },
  60_000,
);
