import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { embeddedDatabase, filled, type AnyCollection } from '../../testing/fixtures.ts';
import type { TestConnection } from '../../testing/conformance.ts';
import { sqliteOf } from '../../testing/embedded.ts';

let opened: TestConnection;
let collection: AnyCollection;

const single = fc.constantFrom<unknown[]>(
  null,
  0,
  1,
  2,
  1.5,
  Number.NaN,
  -0,
  'a',
  'b',
  '',
  true,
  false,
  new Date(0),
  new Date(5),
  { x: 1 },
);
const value = fc.oneof({ weight: 20, arbitrary: single }, fc.constantFrom<unknown[]>([], [1]));
const range = fc.dictionary(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), value, {
  minKeys: 1,
  maxKeys: 2,
});
const filter = fc.record({ a: fc.oneof(value, range), b: fc.oneof(value, range) }, { requiredKeys: ['a'] });

beforeEach(async () => {
  opened = await embeddedDatabase();
});
afterEach(() => opened.close());

test('counts what a search finds, whatever stands in the index', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ a: value, b: single }, { requiredKeys: [] }), { maxLength: 30 }),
      fc.array(filter, { minLength: 10, maxLength: 20 }),
      async (documents, filters) => {
        collection = await filled(opened.connection, documents);
        await collection.createIndex({ a: 1, b: -1 });
        for (const one of filters)
          expect(await collection.countDocuments(one)).toBe((await collection.find(one).toArray()).length);
      },
    ),
    { numRuns: 100, seed: 99 },
  );
});

test('reads no document where the index has all of the filter', async () => {
  const documents = Array.from({ length: 50 }, (_, n) => ({ status: n % 2 ? 'waiting' : 'closed', at: n }));
  collection = await filled(opened.connection, documents);
  await collection.createIndex({ status: 1, at: 1 });
  const { reader } = sqliteOf(opened.connection);
  const query = reader.query.bind(reader);
  const asked: string[] = [];
  reader.query = ((sql: string) => {
    asked.push(sql);
    return query(sql);
  }) as typeof reader.query;
  expect(await collection.countDocuments({ status: 'waiting', at: { $gte: 0, $lt: 21 } })).toBe(10);
  expect(asked.filter((sql) => sql.includes('doc'))).toEqual([]);
});
