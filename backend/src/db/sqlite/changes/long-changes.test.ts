import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { embeddedDatabase, failure, filled } from '../../testing/fixtures.ts';
import type { AnyCollection } from '../../testing/fixtures.ts';

const COUNT = 2_500;
let opened: TestConnection;
let collection: AnyCollection;
beforeAll(async () => {
  opened = await embeddedDatabase();
});
afterAll(() => opened.close());
beforeEach(async () => {
  collection = await filled(
    opened.connection,
    Array.from({ length: COUNT }, (_, n) => ({ n, even: n % 2 === 0 })),
  );
});

test('others write while many documents are changed', async () => {
  await collection.createIndex({ n: 1 });
  const order: string[] = [];
  const many = collection.updateMany({ even: true }, { $inc: { n: 10_000 }, $set: { seen: true } });
  const one = many.finally(() => order.push('many'));
  const [result] = await Promise.all([
    one,
    collection.insertOne({ _id: 'other' }).finally(() => order.push('one')),
  ]);
  expect(order).toEqual(['one', 'many']);
  expect(result).toMatchObject({ matchedCount: COUNT / 2, modifiedCount: COUNT / 2 });
  expect(await collection.countDocuments({ n: { $gte: 10_000 } })).toBe(COUNT / 2);
  expect(await collection.countDocuments({ seen: true, even: true })).toBe(COUNT / 2);
});

test('a change of many that moves them in the index it walks meets each once', async () => {
  await collection.createIndex({ n: 1 });
  await collection.updateMany({ n: { $gte: 0 } }, { $inc: { n: 1 } });
  const values = (await collection.find({}).sort({ _id: 1 }).toArray()).map(({ n }) => n);
  expect(values).toEqual(Array.from({ length: COUNT }, (_, n) => n + 1));
});

test('many deletions', async () => {
  expect(await collection.deleteMany({ even: true })).toMatchObject({ deletedCount: COUNT / 2 });
  expect(await collection.distinct('even')).toEqual([false]);
  expect(await collection.deleteMany({})).toMatchObject({ deletedCount: COUNT / 2 });
  expect(await collection.countDocuments()).toBe(0);
});

test('one document that is found late is changed once by each who wants it', async () => {
  const last = { n: { $gte: COUNT - 2 }, taken: { $exists: false } };
  const taken = await Promise.all(
    [1, 2, 3].map((by) => collection.findOneAndUpdate(last, { $set: { taken: by } })),
  );
  expect(
    taken
      .filter((one) => one !== null)
      .map((one) => one['n'])
      .toSorted(),
  ).toEqual([COUNT - 2, COUNT - 1]);
  expect(await collection.deleteOne({ n: COUNT - 1 })).toMatchObject({ deletedCount: 1 });
});

test('what is not found is inserted', async () => {
  const result = await collection.updateOne({ n: -5 }, { $set: { made: true } }, { upsert: true });
  expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
  const many = await collection.updateMany({ n: -6 }, { $set: { made: true } }, { upsert: true });
  expect(many).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
  expect(await collection.countDocuments({ made: true })).toBe(2);
});

test('in a transaction it is all or nothing', async () => {
  const failing = opened.connection.transaction(async (session) => {
    await collection.updateMany({ even: true }, { $set: { even: 'changed' } }, { session });
    expect(await collection.countDocuments({ even: 'changed' }, { session })).toBe(COUNT / 2);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await collection.countDocuments({ even: 'changed' })).toBe(0);
  await opened.connection.transaction(async (session) => {
    await collection.deleteMany({ even: true }, { session });
  });
  expect(await collection.countDocuments()).toBe(COUNT / 2);
});

test('a bulk of many operations lets others write, and names the ones that failed', async () => {
  const order: string[] = [];
  const operations = [
    ...Array.from({ length: 300 }, (_, n) => ({ insertOne: { document: { _id: `new ${n}` } } })),
    { updateMany: { filter: { even: false }, update: { $set: { odd: true } } } },
    { insertOne: { document: { _id: 1 } } },
    { deleteOne: { filter: { n: COUNT - 1 } } },
  ];
  const bulk = failure(collection.bulkWrite(operations, { ordered: false })).finally(() =>
    order.push('bulk'),
  );
  await collection.insertOne({ _id: 'between' }).finally(() => order.push('one'));
  const error = await bulk;
  expect(order).toEqual(['one', 'bulk']);
  expect(error).toMatchObject({
    code: 11000,
    writeErrors: [{ index: 301, code: 11000 }],
    result: { insertedCount: 300, modifiedCount: COUNT / 2, deletedCount: 1 },
  });
});

test('an index is made in steps: others read meanwhile, and never an index that is half there', async () => {
  const order: string[] = [];
  const making = collection.createIndex({ n: 1 }).finally(() => order.push('index'));
  const reading = collection.findOne({ _id: COUNT }).finally(() => order.push('read'));
  const [, found] = await Promise.all([making, reading]);
  expect(order).toEqual(['read', 'index']);
  expect(found).toMatchObject({ n: COUNT - 1 });
  expect(await collection.find({ n: COUNT - 1 }).explain()).toMatchObject({
    queryPlanner: { winningPlan: { stage: 'IXSCAN' } },
    executionStats: { totalDocsExamined: 1 },
  });
  const broken = await failure(collection.createIndex({ even: 1 }, { unique: true }) as Promise<unknown>);
  expect(broken.code).toBe(11000);
  expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'n_1']);
});
