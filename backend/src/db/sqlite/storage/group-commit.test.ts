import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { sqliteOf } from '../../testing/embedded.ts';
import { embeddedDatabase, filled } from '../../testing/fixtures.ts';

let opened: TestConnection;
let commits = 0;

/** Counts the commits on the writing connection from here on. */
function countCommits(): void {
  const { writer } = sqliteOf(opened.connection);
  const query = writer.query.bind(writer);
  commits = 0;
  writer.query = ((sql: string) => {
    if (sql === 'COMMIT') commits += 1;
    return query(sql);
  }) as typeof writer.query;
}

beforeEach(async () => {
  opened = await embeddedDatabase({ groupTime: 2000, groupSize: 100 });
});
afterEach(() => opened.close());

test('writes that arrive together share a commit, and one that fails takes no other with it', async () => {
  const collection = await filled(opened.connection, [{ n: 0 }]);
  countCommits();
  const results = await Promise.allSettled([
    ...Array.from({ length: 50 }, (_, at) => collection.insertOne({ _id: 10 + at })),
    collection.insertOne({ _id: 10 }),
    collection.updateOne({ _id: 1 }, { $set: { n: 1 } }),
  ]);
  expect(commits).toBe(1);
  expect(results.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
  expect(results[50]).toMatchObject({ status: 'rejected', reason: { code: 11000 } });
  expect(await collection.countDocuments()).toBe(51);
});

test('a group has a bound', async () => {
  const collection = await filled(opened.connection);
  countCommits();
  await Promise.all(Array.from({ length: 250 }, (_, at) => collection.insertOne({ _id: at })));
  expect(commits).toBe(3);
});

test('a group takes no more when its time is over', async () => {
  await opened.close();
  opened = await embeddedDatabase({ groupTime: 0 });
  const collection = await filled(opened.connection);
  countCommits();
  await Promise.all(Array.from({ length: 5 }, (_, at) => collection.insertOne({ _id: at })));
  expect(commits).toBe(5);
});

test('transactions that wait together share a commit, each of them whole or not at all', async () => {
  const chats = await filled(opened.connection, [{ last: 0 }]);
  const messages = await filled(opened.connection);
  await messages.createIndex({ seq: 1 }, { unique: true });
  countCommits();
  const send = (text: number): Promise<unknown> =>
    opened.connection.transaction(async (session) => {
      const options = { session, returnDocument: 'after' };
      const chat = await chats.findOneAndUpdate({ _id: 1 }, { $inc: { last: 1 } }, options);
      await messages.insertOne({ _id: text, seq: chat?.['last'] }, { session });
      if (text % 10 === 3) throw new Error('no');
    });
  const results = await Promise.allSettled(Array.from({ length: 60 }, (_, text) => send(text)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(54);
  expect(commits).toBeLessThanOrEqual(3);
  const seqs = (await messages.find({}).sort({ seq: 1 }).toArray()).map(({ seq }) => seq);
  expect(seqs).toEqual(Array.from({ length: 54 }, (_, at) => at + 1));
});

test.each(['by the unique key', 'by what it read'])(
  'who is refused %s of another in the same commit finds that one',
  async (how) => {
    const collection = await filled(opened.connection);
    const insert = (by: number): Promise<unknown> =>
      opened.connection.transaction(async (session) => {
        const taken = await collection.findOne({ _id: 1 }, { session });
        if (taken !== null && how === 'by what it read') throw new Error('taken');
        await collection.insertOne({ _id: 1, by }, { session });
      });
    countCommits();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, by) =>
        insert(by).then(
          () => 'first',
          async () => await collection.findOne({ _id: 1 }),
        ),
      ),
    );
    expect(commits).toBe(1);
    expect(results).toEqual(['first', ...Array.from({ length: 19 }, () => ({ _id: 1, by: 0 }))]);
  },
);

test('nothing is acknowledged or visible before its commit, and a failed commit refuses all', async () => {
  const collection = await filled(opened.connection, [{ n: 0 }]);
  const { writer } = sqliteOf(opened.connection);
  const query = writer.query.bind(writer);
  const made = await filled(opened.connection);
  let fails = true;
  writer.query = ((sql: string) => {
    if (sql === 'COMMIT' && fails) {
      fails = false;
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
    }
    return query(sql);
  }) as typeof writer.query;
  const results = await Promise.allSettled([
    collection.insertOne({ _id: 2 }),
    collection.insertOne({ _id: 2 }),
    made.insertOne({ _id: 1 }),
    opened.connection.transaction(async (session) => {
      await collection.insertOne({ _id: 3 }, { session });
      expect(await collection.countDocuments()).toBe(1);
    }),
  ]);
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(await collection.countDocuments()).toBe(1);
  expect(await made.countDocuments()).toBe(0);
  await Promise.all([collection.insertOne({ _id: 2 }), made.insertOne({ _id: 1 })]);
  expect(await collection.countDocuments()).toBe(2);
  expect(await made.countDocuments()).toBe(1);
});

test('a slow transaction does not hold back what was written before it, and loses nothing', async () => {
  await opened.close();
  opened = await embeddedDatabase({ groupTime: 10 });
  const collection = await filled(opened.connection, [{ n: 0 }]);
  const before = collection.insertOne({ _id: 2 });
  const slow = opened.connection.transaction(async (session) => {
    await collection.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    await collection.insertOne({ _id: 3 }, { session });
    await collection.createIndex({ n: 1 }, { session });
    // Resolves only if the insert is committed while this transaction is open.
    await before;
    expect(await collection.find({}).sort({ _id: 1 }).toArray()).toEqual([{ _id: 1, n: 0 }, { _id: 2 }]);
    expect(await collection.find({}, { session }).toArray()).toHaveLength(3);
    await collection.updateOne({ _id: 3 }, { $set: { n: 5 } }, { session });
  });
  await Promise.all([before, slow]);
  expect(
    await collection
      .find({ n: { $gt: 0 } })
      .sort({ n: 1 })
      .toArray(),
  ).toEqual([
    { _id: 1, n: 1 },
    { _id: 3, n: 5 },
  ]);
  expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'n_1']);
  expect(sqliteOf(opened.connection).writer.query('PRAGMA integrity_check').values()).toEqual([['ok']]);
});
