import * as fc from 'fast-check';
import { Query } from 'mingo';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { embeddedDatabase, filled } from '../../testing/fixtures.ts';
import { parseSort, sorting } from './sort-order.ts';

let opened: TestConnection;
beforeAll(async () => {
  opened = await embeddedDatabase();
});
afterAll(() => opened.close());

const scalar = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom('x', 'y', 'xy', ''), fc.boolean());
const nullable = fc.oneof(scalar, fc.constant(null));
const nested = fc.record(
  { c: fc.oneof(nullable, fc.array(scalar, { maxLength: 2 })), d: nullable },
  { requiredKeys: [] },
);
const field = fc.oneof(
  nullable,
  fc.array(nullable, { maxLength: 3 }),
  nested,
  fc.array(nested, { maxLength: 2 }),
);
const document = fc.record({ a: field, b: field }, { requiredKeys: [] });
const documents = fc.array(document, { minLength: 1, maxLength: 25 });

const range = fc.dictionary(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), scalar, {
  minKeys: 1,
  maxKeys: 2,
});
const condition = fc.oneof(
  nullable,
  range,
  fc.record({ $in: fc.array(nullable, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $ne: nullable }),
  fc.record({ $nin: fc.array(nullable, { minLength: 1, maxLength: 2 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({
    $type: fc.constantFrom('string', 'number', 'int', 'bool', 'null', 'object', ['string', 'bool']),
  }),
  fc.record({ $all: fc.array(nullable, { minLength: 1, maxLength: 2 }) }),
  fc.constantFrom({ $regex: '^x' }, { $regex: '^(x|y)' }, { $regex: '^xy?' }, { $regex: 'X', $options: 'i' }),
  fc.record({ $elemMatch: range }),
  fc.record({
    $elemMatch: fc.record({ c: fc.oneof(nullable, range), d: nullable }, { requiredKeys: ['c'] }),
  }),
);
const simple = fc.dictionary(fc.constantFrom('a', 'b', 'a.c', 'b.c'), condition, { minKeys: 1, maxKeys: 3 });
const either = fc.record({ $or: fc.array(simple, { minLength: 1, maxLength: 3 }) });
const filter = fc.oneof(
  simple,
  either,
  fc.tuple(simple, either).map(([one, other]) => ({ ...one, ...other })),
);
const sort = fc.constantFrom({ a: 1 }, { a: -1, b: 1 }, { b: 1, a: 1 }, { _id: -1 }, { 'a.c': 1 });

const INDEXES = [
  [{ a: 1 }, {}],
  [{ a: -1, 'b.c': 1 }, {}],
  [{ b: 1, _id: 1 }, {}],
  [{ 'a.c': 1 }, { sparse: true }],
  [{ 'a.c': 1, 'a.d': -1 }, { name: 'elements' }],
  [{ 'b.d': 1 }, { sparse: true, name: 'sparse d' }],
  [{ b: -1 }, { name: 'partial', partialFilterExpression: { b: { $gte: 1 } } }],
  [
    { a: 1, b: 1 },
    { name: 'typed', partialFilterExpression: { a: { $type: 'string' }, b: { $exists: true } } },
  ],
] as const;

/** What decides a document's place; documents that are equal there may come in any order. */
function sortedBy(document: Record<string, unknown>, order: object): string {
  const { keyOf } = sorting(parseSort(order));
  return Buffer.from(keyOf(document) as Uint8Array).toString('hex');
}

test('an index changes no answer, only how it is found', async () => {
  let walks = 0;
  await fc.assert(
    fc.asyncProperty(
      documents,
      fc.array(filter, { minLength: 1, maxLength: 4 }),
      sort,
      async (stored, filters, order) => {
        const plain = await filled(opened.connection, stored);
        const indexed = await filled(opened.connection, []);
        for (const [keys, options] of INDEXES) {
          // Two arrays in one document have no compound key: such documents leave that index out.
          await indexed.createIndex(keys, options);
        }
        for (const [at, one] of stored.entries()) {
          const withId = { _id: at + 1, ...one };
          await indexed.insertOne(withId).catch(() => plain.deleteOne({ _id: at + 1 }));
        }
        for (const wanted of filters) {
          const ordered = { ...order, _id: 1 };
          const expected = await plain.find(wanted).sort(ordered).toArray();
          expect(await indexed.find(wanted).sort(ordered).toArray()).toEqual(expected);
          const unsorted = await indexed.find(wanted).toArray();
          expect(unsorted.map(({ _id }) => Number(_id)).sort((x, y) => x - y)).toEqual(
            (await plain.find(wanted).sort({ _id: 1 }).toArray()).map(({ _id }) => _id),
          );
          const firstOnes = await indexed.find(wanted).sort(order).skip(1).limit(3).toArray();
          expect(firstOnes.map((one) => sortedBy(one, order))).toEqual(
            (await plain.find(wanted).sort(order).skip(1).limit(3).toArray()).map((one) =>
              sortedBy(one, order),
            ),
          );
          const plan = JSON.stringify(await indexed.find(wanted).explain());
          if (plan.includes('IXSCAN')) walks += 1;
        }
        await plain.drop();
        await indexed.drop();
      },
    ),
    { numRuns: 120, seed: 7 },
  );
  expect(walks).toBeGreaterThan(100);
});

test('an index follows every update and delete', async () => {
  const change = fc.oneof(
    fc.record({ $set: document.filter((fields) => Object.keys(fields).length > 0) }),
    fc.record({ $unset: fc.constantFrom({ a: '' }, { b: '' }) }),
    fc.constant('delete' as const),
  );
  await fc.assert(
    fc.asyncProperty(
      documents,
      fc.array(fc.tuple(filter, change), { maxLength: 6 }),
      async (stored, changes) => {
        const collection = await filled(opened.connection, stored);
        await collection.createIndex({ a: 1 });
        await collection.createIndex({ b: -1 }, { sparse: true });
        for (const [wanted, update] of changes) {
          if (update === 'delete') await collection.deleteOne(wanted);
          else await collection.updateMany(wanted, update);
        }
        const all = await collection.find({}).toArray();
        for (const path of ['a', 'b']) {
          for (const value of [0, 1, 2, 3, 4, 'x', 'y', '', true, false, { c: 1 }]) {
            const found = await collection
              .find({ [path]: value })
              .hint(`${path}_${path === 'a' ? 1 : -1}`)
              .toArray();
            const expected = all.filter((one) => new Query({ [path]: value }).test(one));
            expect(found.map(({ _id }) => Number(_id)).sort((x, y) => x - y)).toEqual(
              expected.map(({ _id }) => Number(_id)).sort((x, y) => x - y),
            );
          }
        }
        await collection.drop();
      },
    ),
    { numRuns: 60, seed: 11 },
  );
});

test('filters mean what they mean to mingo, where that knows MongoDB’s meaning', async () => {
  // mingo sees no difference between a missing field and null inside arrays: those are left to the conformance suite.
  const flat = fc.record({ a: scalar, b: fc.array(scalar, { maxLength: 3 }) });
  const comparison = fc.oneof(
    scalar,
    range,
    fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
    fc.record({ $ne: scalar }),
  );
  const simple = fc.dictionary(fc.constantFrom('a', 'b'), comparison, { minKeys: 1 });
  await fc.assert(
    fc.asyncProperty(fc.array(flat, { minLength: 1, maxLength: 20 }), simple, async (stored, wanted) => {
      const collection = await filled(opened.connection, stored);
      await collection.createIndex({ b: 1, a: 1 });
      const all = await collection.find({}).sort({ _id: 1 }).toArray();
      const expected = all.filter((one) => new Query(wanted).test(one));
      expect(await collection.find(wanted).sort({ _id: 1 }).toArray()).toEqual(expected);
      await collection.drop();
    }),
    { numRuns: 150, seed: 3 },
  );
});
