import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { embeddedDatabase, filled } from '../../testing/fixtures.ts';
import type { AnyCollection } from '../../testing/fixtures.ts';

let opened: TestConnection;
let chats: AnyCollection;
let from: string;
beforeAll(async () => {
  opened = await embeddedDatabase();
  const customers = Array.from({ length: 600 }, (_, n) => ({ key: `k${n}`, boss: `k${n + 1}`, site: n % 3 }));
  const stored = await filled(opened.connection, customers);
  await stored.createIndex({ key: 1, site: 1 });
  from = stored.collectionName;
  chats = await filled(
    opened.connection,
    Array.from({ length: 20 }, (_, n) => ({ customer: `k${n}` })),
  );
});
afterAll(() => opened.close());

test.each([
  ['fields', () => ({ $lookup: { from, localField: 'customer', foreignField: 'key', as: 'c' } }), 40],
  [
    'a pipeline that compares with a variable',
    () => ({
      $lookup: {
        from,
        let: { c: '$customer' },
        pipeline: [{ $match: { site: { $gte: 0 }, $expr: { $and: [{ $eq: ['$$c', '$key'] }] } } }],
        as: 'c',
      },
    }),
    40,
  ],
  ['what is the same for all', () => ({ $lookup: { from, pipeline: [{ $limit: 5 }], as: 'c' } }), 25],
  [
    'a chain of references',
    () => ({
      $graphLookup: {
        from,
        startWith: '$customer',
        connectFromField: 'boss',
        connectToField: 'key',
        maxDepth: 2,
        as: 'c',
      },
    }),
    80,
  ],
])('a join by %s reads only what it joins', async (_, stage, most) => {
  const joined = await chats.aggregate([stage()]).toArray();
  expect(joined).toHaveLength(20);
  expect(joined.every(({ c }) => Array.isArray(c) && c.length > 0)).toBe(true);
  const { executionStats } = await chats.aggregate([stage()]).explain();
  expect(executionStats).toMatchObject({ nReturned: 20 });
  expect((executionStats as { totalDocsExamined: number }).totalDocsExamined).toBeLessThanOrEqual(most);
});
