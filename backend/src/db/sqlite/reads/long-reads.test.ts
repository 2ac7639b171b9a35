import { Worker } from 'node:worker_threads';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { embeddedDatabase, failure, filled } from '../../testing/fixtures.ts';
import type { AnyCollection } from '../../testing/fixtures.ts';

const COUNT = 5_000;
let opened: TestConnection;
let collection: AnyCollection;
beforeAll(async () => {
  opened = await embeddedDatabase();
  const documents = Array.from({ length: COUNT }, (_, n) => ({ n: n % 10, text: `text ${n}` }));
  collection = await filled(opened.connection, documents);
});
afterAll(() => opened.close());

test('a short read passes a long one', async () => {
  const order: string[] = [];
  const long = collection.aggregate([{ $group: { _id: '$n', count: { $sum: 1 } } }, { $sort: { _id: 1 } }]);
  const [groups] = await Promise.all([
    long.toArray().finally(() => order.push('long')),
    collection.findOne({ _id: 7 }).finally(() => order.push('short')),
  ]);
  expect(order).toEqual(['short', 'long']);
  expect(groups).toEqual(Array.from({ length: 10 }, (_, n) => ({ _id: n, count: COUNT / 10 })));
});

test('a long cursor brings every document once, in batches', async () => {
  const seen: unknown[] = [];
  for await (const { _id } of collection.find({}).batchSize(333)) seen.push(_id);
  expect(seen).toEqual(Array.from({ length: COUNT }, (_, at) => at + 1));
});

test('what is sorted without an index comes in order, the first few of it too', async () => {
  const sorted = await collection.find({}).sort({ text: -1 }).toArray();
  const texts = sorted.map(({ text }) => String(text));
  expect(texts).toEqual(texts.toSorted((a, b) => (a < b ? 1 : -1)));
  const first = await collection.find({}).sort({ text: -1 }).skip(3).limit(5).toArray();
  expect(first).toEqual(sorted.slice(3, 8));
});

test('counts, distinct values and explanations of long reads', async () => {
  expect(await collection.countDocuments({ n: 3 })).toBe(COUNT / 10);
  expect(await collection.countDocuments()).toBe(COUNT);
  expect(await collection.distinct('n')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(await collection.find({ n: 3 }).explain()).toMatchObject({
    queryPlanner: { winningPlan: { stage: 'COLLSCAN' } },
    executionStats: { nReturned: COUNT / 10, totalDocsExamined: COUNT },
  });
});

test('values keep their types on the way from another thread', async () => {
  const values = {
    long: mongo.Long.fromString('9007199254740993'),
    decimal: mongo.Decimal128.fromString('1.10'),
    date: new Date(5),
    binary: new mongo.Binary(Buffer.from([1, 2])),
    list: [null, { deep: new mongo.ObjectId() }],
  };
  const odd = await filled(opened.connection, [values]);
  await odd.insertMany(Array.from({ length: 1_500 }, (_, at) => ({ _id: at + 2 })));
  const [first] = await odd.find({}).sort({ nothing: 1 }).limit(1).toArray();
  expect(first).toEqual(await odd.findOne({ _id: 1 }));
  expect(await odd.find({ long: values.long }).toArray()).toEqual([first]);
});

test('a read sees what was committed before it began', async () => {
  const growing = await filled(opened.connection, []);
  await growing.insertMany(Array.from({ length: 2_000 }, (_, at) => ({ _id: at })));
  expect((await growing.find({}).toArray()).length).toBe(2_000);
  await growing.createIndex({ list: 1 });
  await growing.insertOne({ _id: 'new', list: [1, 2] });
  expect((await growing.find({}).toArray()).length).toBe(2_001);
  expect(
    await growing
      .find({ list: { $gte: 1 } })
      .hint('list_1')
      .toArray(),
  ).toHaveLength(1);
});

test('an error in the other thread is the same error', async () => {
  const dividing = collection.aggregate([{ $project: { x: { $divide: ['$n', 0] } } }, { $match: { x: 1 } }]);
  const short = await failure(
    collection.aggregate([{ $limit: 1 }, { $project: { x: { $divide: ['$n', 0] } } }]).toArray(),
  );
  const late = collection.aggregate([
    { $match: { _id: { $gt: 4_000 } } },
    { $sort: { text: 1 } },
    { $project: { x: { $divide: [1, { $subtract: ['$_id', 4_500] }] } } },
  ]);
  expect(await failure(dividing.toArray())).toMatchObject({ message: short.message });
  expect(await failure(late.toArray())).toMatchObject({ message: short.message });
  expect(await collection.findOne({ _id: 1 })).toMatchObject({ _id: 1 });
});

test('what finds one document in another thread leaves no read open there, which would keep it running', async () => {
  const sent = vi.spyOn(Worker.prototype, 'postMessage');
  const found = await collection.findOne({ text: `text ${COUNT - 10}` });
  const messages = sent.mock.calls.map(([message]) => message as { kind: string; id: number });
  sent.mockRestore();
  expect(found).toMatchObject({ text: `text ${COUNT - 10}` });
  expect(messages.map(({ kind }) => kind)).toEqual(['next', 'close']);
  expect(new Set(messages.map(({ id }) => id)).size).toBe(1);
});

test('maxTimeMS ends a read that takes longer', async () => {
  const slow = collection.aggregate(
    [
      {
        $lookup: {
          from: collection.collectionName,
          let: { n: '$n' },
          pipeline: [{ $match: { $expr: { $gt: ['$n', '$$n'] } } }, { $count: 'c' }],
          as: 'more',
        },
      },
    ],
    { maxTimeMS: 50 },
  );
  expect(await failure(slow.toArray())).toMatchObject({ code: 50, codeName: 'MaxTimeMSExpired' });
});

test('a cursor that is closed early lets go, and a closed database ends what is under way', async () => {
  const cursor = collection.find({});
  await cursor.next();
  await (cursor as unknown as { close: () => Promise<void> }).close();
  const other = await embeddedDatabase();
  const many = await filled(
    other.connection,
    Array.from({ length: 3_000 }, (_, n) => ({ n })),
  );
  const reading = failure(many.find({}).sort({ n: -1 }).toArray());
  await other.close();
  expect(await reading).toMatchObject({ code: 11601 });
});
