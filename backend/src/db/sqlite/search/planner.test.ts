import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { embeddedDatabase, filled } from '../../testing/fixtures.ts';
import type { AnyCollection } from '../../testing/fixtures.ts';

let opened: TestConnection;
let collection: AnyCollection;

beforeAll(async () => {
  opened = await embeddedDatabase();
  const documents = Array.from({ length: 1000 }, (_, n) => ({
    chat: n % 10,
    seq: Math.floor(n / 10),
    tags: [`t${n % 7}`, `u${n % 5}`],
    ...(n % 100 === 0 && { key: `k${n}` }),
    status: n % 2 ? 'open' : 'closed',
    name: n % 10 === 0 ? null : `T-${String(n).padStart(4, '0')}.x`,
    parts: [
      { kind: n % 4, size: n % 3 },
      { kind: (n + 1) % 4, size: 9 },
    ],
    ...(n < 7 && { closedAt: n < 2 ? null : n }),
    points: [n % 50, 100],
    owner: n % 4 === 3 ? 'nobody' : n % 4 === 2 ? null : `o${n % 4}`,
  }));
  collection = await filled(opened.connection, documents);
  await collection.createIndex({ chat: 1, seq: 1 }, { unique: true });
  await collection.createIndex({ tags: 1 });
  await collection.createIndex(
    { key: 1 },
    { unique: true, partialFilterExpression: { key: { $type: 'string' } } },
  );
  await collection.createIndex({ status: 1, seq: -1 });
  await collection.createIndex({ name: 1 });
  await collection.createIndex({ 'parts.kind': 1, 'parts.size': 1 });
  await collection.createIndex({ closedAt: 1 }, { sparse: true });
  await collection.createIndex({ points: 1 });
  await collection.createIndex({ owner: 1, seq: 1 });
});
afterAll(() => opened.close());

const open = { chat: 3, seq: { $gt: 40 } };

test.each([
  ['a point', { chat: 3, seq: 5 }, {}, 0, 'chat_1_seq_1', 1],
  ['a range', open, {}, 0, 'chat_1_seq_1', 59],
  ['a range in order reads no more than it gives', open, { seq: 1 }, 5, 'chat_1_seq_1', 5],
  ['a range backwards too', open, { seq: -1 }, 5, 'chat_1_seq_1', 5],
  ['the id', { _id: 7 }, {}, 0, '_id_', 1],
  ['several ids', { _id: { $in: [7, 9, 5000] } }, {}, 0, '_id_', 2],
  ['a range of ids in order', { _id: { $gt: 900 } }, { _id: -1 }, 3, '_id_', 3],
  ['an array’s element', { tags: 't3' }, {}, 0, 'tags_1', 143],
  ['a partial index where the filter implies it', { key: 'k300' }, {}, 0, 'key_1', 1],
  ['equality before a descending field', { status: 'open' }, { seq: -1 }, 4, 'status_1_seq_-1', 4],
  ['$in before a range', { chat: { $in: [1, 2] }, seq: { $lt: 2 } }, {}, 0, 'chat_1_seq_1', 4],
  ['$and', { $and: [{ chat: 3 }, { seq: { $gte: 98 } }] }, {}, 0, 'chat_1_seq_1', 2],
  ['an order alone', {}, { chat: 1, seq: 1 }, 10, 'chat_1_seq_1', 10],
  ['the beginning of a text', { name: /^T-00/ }, {}, 0, 'name_1', 90],
  ['the beginning of a text, escaped', { name: { $regex: '^T-0001\\.x$' } }, {}, 0, 'name_1', 1],
  ['a range from one end', { name: { $gte: 'T-0995' } }, {}, 0, 'name_1', 5],
  ['null', { name: null }, {}, 0, 'name_1', 100],
  [
    'both ends of a range that one element meets',
    { points: { $elemMatch: { $gt: 47, $lt: 60 } } },
    {},
    0,
    'points_1',
    40,
  ],
  [
    'two fields of one element',
    { parts: { $elemMatch: { kind: 1, size: { $lt: 1 } } } },
    {},
    0,
    'parts.kind_1_parts.size_1',
    83,
  ],
  ['what is there, in a sparse index', { closedAt: { $exists: true } }, {}, 0, 'closedAt_1', 7],
  ['what is there and not null', { closedAt: { $ne: null, $exists: true } }, {}, 0, 'closedAt_1', 5],
  ['a type', { closedAt: { $type: 'number' } }, {}, 0, 'closedAt_1', 5],
])('%s', async (_, filter, sort, limit, indexName, examined) => {
  const explained = await collection.find(filter).sort(sort).limit(limit).explain();
  expect(explained).toMatchObject({
    queryPlanner: { winningPlan: { stage: 'IXSCAN', indexName } },
    executionStats: { nReturned: examined, totalDocsExamined: examined },
  });
});

test('branches of $or each take their index', async () => {
  const explained = await collection.find({ $or: [{ chat: 3, seq: 5 }, { _id: 1 }] }).explain();
  expect(explained).toMatchObject({
    queryPlanner: { winningPlan: { stage: 'OR' } },
    executionStats: { nReturned: 2, totalDocsExamined: 2 },
  });
});

test.each([
  ['of values before the sorted field', { owner: { $in: ['o0', 'o1', null] } }, { seq: -1 }],
  ['of branches', { $or: [{ owner: 'o0' }, { owner: null }, { owner: 'o0' }] }, { seq: 1 }],
  [
    'of branches beside which more is said',
    { seq: { $lt: 90 }, $or: [{ owner: 'o1' }, { chat: 3 }] },
    { seq: -1 },
  ],
])('walks %s are merged, so that a page reads little more than it gives', async (_, filter, sort) => {
  const explained = await collection.find(filter).sort(sort).limit(20).explain();
  expect(explained).toMatchObject({ queryPlanner: { winningPlan: { stage: 'SORT_MERGE' } } });
  const { totalDocsExamined } = explained['executionStats'] as { totalDocsExamined: number };
  expect(totalDocsExamined).toBeLessThan(60);
  const page = await collection.find(filter).sort(sort).limit(20).toArray();
  const all = await collection
    .find(filter)
    .sort({ ...sort, _id: 1 })
    .hint({ $natural: 1 })
    .toArray();
  expect(page.map(({ seq }) => seq)).toEqual(all.slice(0, 20).map(({ seq }) => seq));
  expect(new Set(page.map(({ _id }) => _id)).size).toBe(20);
});

test('$natural reads as it was stored, backwards too', async () => {
  const ids = async (hint: object): Promise<unknown[]> =>
    (await collection.find({ chat: 3 }).hint(hint).limit(3).toArray()).map(({ _id }) => _id);
  expect(await ids({ $natural: 1 })).toEqual([4, 14, 24]);
  expect(await ids({ $natural: -1 })).toEqual([994, 984, 974]);
  const explained = await collection.find({ chat: 3 }).hint({ $natural: -1 }).explain();
  expect(explained).toMatchObject({
    queryPlanner: { winningPlan: { stage: 'COLLSCAN', direction: 'backward' } },
  });
});

test.each([
  ['a filter that does not imply it', { key: { $ne: 'k0' } }],
  ['null, which it does not hold', { key: null }],
])('a partial index is left alone for %s', async (_, filter) => {
  const explained = await collection.find(filter).explain();
  expect(explained).toMatchObject({ queryPlanner: { winningPlan: { stage: 'COLLSCAN' } } });
});

test.each([
  [{}, 'seq', [0, 1, 2]],
  [{ name: 'T-0004.x' }, 'seq', [0]],
])('a hint is obeyed where nothing else speaks for its index: %j', async (filter, path, values) => {
  const found = () => collection.find(filter).hint('chat_1_seq_1').limit(3);
  expect((await found().toArray()).map((document) => document[path])).toEqual(values);
  expect(await found().explain()).toMatchObject({
    queryPlanner: { winningPlan: { indexName: 'chat_1_seq_1' } },
  });
  const sorted = await collection.find(filter).hint('chat_1_seq_1').sort({ _id: -1 }).limit(1).toArray();
  expect(sorted).toEqual(await collection.find(filter).sort({ _id: -1 }).limit(1).toArray());
});

test('by a hint at a sparse index only what it holds is found, and a partial one must hold all that is looked for', async () => {
  expect(await collection.find({}).hint('closedAt_1').toArray()).toHaveLength(7);
  expect(await collection.countDocuments({}, { hint: { closedAt: 1 } })).toBe(7);
  expect(await collection.countDocuments({ chat: 3 }, { hint: 'closedAt_1' })).toBe(1);
  expect(await collection.find({ tags: 't1' }).hint('tags_1').toArray()).toHaveLength(143);
  expect(await collection.find({}).hint('tags_1').toArray()).toHaveLength(1000);
  const updated = await collection.updateMany({}, { $set: { seen: true } }, { hint: 'closedAt_1' });
  expect(updated.matchedCount).toBe(7);
  await expect(collection.find({}).hint('key_1').toArray()).rejects.toThrow(/partial index/);
  expect(await collection.find({ key: 'k100' }).hint('key_1').toArray()).toHaveLength(1);
});

test('a hint is obeyed, and a wrong one is an error', async () => {
  const explained = await collection.find({ chat: 3, status: 'open' }).hint('status_1_seq_-1').explain();
  expect(explained).toMatchObject({ queryPlanner: { winningPlan: { indexName: 'status_1_seq_-1' } } });
  await expect(collection.find({}).hint('nope').toArray()).rejects.toThrow(/hint/);
});
