import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { embeddedDatabase, filled } from '../../testing/fixtures.ts';

let opened: TestConnection;
beforeAll(async () => {
  opened = await embeddedDatabase();
});
afterAll(() => opened.close());

test('what a unique key finds is still tested for whatever else is asked', async () => {
  const collection = await filled(opened.connection, [{ _id: 1, a: 1, b: 3 }]);
  await collection.createIndex({ a: 1, b: 1 }, { unique: true });
  expect(await collection.findOne({ _id: 1, b: 2 })).toBeNull();
  expect(await collection.findOne({ a: 1, b: 3, c: 4 })).toBeNull();
  expect(await collection.findOne({ a: 1, b: 3 })).toEqual({ _id: 1, a: 1, b: 3 });
});

test('a key that names a path twice is no shorter way', async () => {
  const collection = await filled(opened.connection, [{ _id: 1, a: 1, b: 3 }]);
  await collection.createIndex(
    [
      ['a', 1],
      ['a', -1],
    ] as never,
    { unique: true },
  );
  expect(await collection.findOne({ a: 1, b: 2 })).toBeNull();
  expect(await collection.findOne({ a: 1, b: 3 })).toMatchObject({ _id: 1 });
});

test('findOne has a limit of its own, whatever is asked', async () => {
  const collection = await filled(opened.connection, [{ n: 1 }, { n: 1 }]);
  expect(await collection.findOne({ n: 1 }, { limit: 1.5 } as never)).toMatchObject({ n: 1 });
});
