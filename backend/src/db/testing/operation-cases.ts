import { mongo } from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Connected } from './conformance.ts';
import { failure, filled } from './fixtures.ts';

const { Decimal128, Double, Long, ObjectId, UUID } = mongo;

/** Inserting, reading, counting, deleting: the operations themselves. */
export function operationCases(connected: Connected): void {
  describe('operations', () => {
    test('insertOne gives the document an id, in the caller’s object too', async () => {
      const collection = await filled(connected());
      const document: Record<string, unknown> = { a: 1 };
      const { insertedId, acknowledged } = await collection.insertOne(document);
      expect(acknowledged).toBe(true);
      expect(document['_id']).toBe(insertedId);
      expect(await collection.findOne({ _id: insertedId })).toEqual({ _id: insertedId, a: 1 });
    });

    test('a taken id is E11000', async () => {
      const collection = await filled(connected(), [{ a: 1 }]);
      const error = await failure(collection.insertOne({ _id: 1 }));
      expect(error).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } });
      expect(error.message).toMatch(
        /^E11000 duplicate key error collection: .+ index: _id_ dup key: \{ _id: 1 \}$/,
      );
    });

    test('insertMany in order stops at the first that fails', async () => {
      const collection = await filled(connected());
      const error = await failure(collection.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }]));
      expect(error).toMatchObject({ code: 11000, insertedCount: 1 });
      expect(await collection.countDocuments()).toBe(1);
    });

    test('insertMany without order goes on', async () => {
      const collection = await filled(connected());
      const error = await failure(
        collection.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }], { ordered: false }),
      );
      expect(error['writeErrors']).toHaveLength(1);
      expect(error['writeErrors'][0].index).toBe(1);
      expect(await collection.countDocuments()).toBe(2);
    });

    test('values come back as they went in', async () => {
      const collection = await filled(connected());
      const values = {
        _id: new ObjectId(),
        date: new Date(1_700_000_000_123),
        decimal: Decimal128.fromString('12.340'),
        big: Long.fromString('9007199254740993'),
        uuid: new UUID('0123456789abcdef0123456789abcdef'),
        expression: /^a.c$/i,
        nothing: null,
        list: [1, 'two', { three: 3.5 }],
        text: 'zero \0 inside, ünïcödé 😀',
      };
      await collection.insertOne(values);
      const found = await collection.findOne({ _id: values._id });
      expect(found).toEqual(values);
      expect(found?.['big']).toBeInstanceOf(Long);
      expect(found?.['uuid']).toBeInstanceOf(UUID);
    });

    test('sort, skip and limit', async () => {
      const collection = await filled(connected(), [{ a: 3 }, { a: 1 }, { a: 2 }, { a: 1 }]);
      const ids = async (sort: Record<string, 1 | -1>, skip = 0, limit = 0): Promise<unknown[]> =>
        (await collection.find().sort(sort).skip(skip).limit(limit).toArray()).map(({ _id }) => _id);
      expect(await ids({ a: 1, _id: -1 })).toEqual([4, 2, 3, 1]);
      expect(await ids({ a: -1, _id: 1 }, 1, 2)).toEqual([3, 2]);
      expect(await ids({ _id: 1 }, 3)).toEqual([4]);
    });

    test('sorting goes by BSON’s order of types, arrays by their least and greatest', async () => {
      const values = [true, 'a', 5, null, new Date(0), { x: 1 }, [7, 2], new ObjectId()];
      const collection = await filled(
        connected(),
        values.map((a) => ({ a })),
      );
      const ids = async (direction: 1 | -1): Promise<unknown[]> =>
        (await collection.find().sort({ a: direction }).toArray()).map(({ _id }) => _id);
      expect(await ids(1)).toEqual([4, 7, 3, 2, 6, 8, 1, 5]);
      expect(await ids(-1)).toEqual([5, 1, 8, 6, 2, 7, 3, 4]);
    });

    test.each([
      ['inclusion', { a: 1 }, { _id: 1, a: 1 }],
      ['inclusion without id', { a: 1, _id: 0 }, { a: 1 }],
      ['exclusion', { a: 0, d: 0 }, { _id: 1, b: { c: 2, e: 3 } }],
      ['a nested field', { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
      ['without a nested field', { 'b.c': 0, d: 0 }, { _id: 1, a: 1, b: { e: 3 } }],
      ['through arrays', { 'd.f': 1 }, { _id: 1, d: [{ f: 4 }, { f: 5 }] }],
      ['$slice', { d: { $slice: -1 }, a: 0, b: 0 }, { _id: 1, d: [{ f: 5, g: 7 }] }],
      ['$slice with skip', { d: { $slice: [0, 1] }, a: 1 }, { _id: 1, a: 1, d: [{ f: 4, g: 6 }] }],
      ['$elemMatch', { d: { $elemMatch: { f: 5 } } }, { _id: 1, d: [{ f: 5, g: 7 }] }],
      ['a computed field', { sum: { $add: ['$a', 1] } }, { _id: 1, sum: 2 }],
      ['only the id', { _id: 1 }, { _id: 1 }],
    ])('projection: %s', async (_, projection, expected) => {
      const document = {
        a: 1,
        b: { c: 2, e: 3 },
        d: [
          { f: 4, g: 6 },
          { f: 5, g: 7 },
        ],
      };
      const collection = await filled(connected(), [document]);
      expect(await collection.findOne({}, { projection })).toEqual(expected);
    });

    test('a projection is of one kind', async () => {
      const collection = await filled(connected(), [{ a: 1 }]);
      await failure(collection.findOne({}, { projection: { a: 1, b: 0 } }));
    });

    test('a cursor hands out one after the other', async () => {
      const documents = Array.from({ length: 300 }, (_, a) => ({ a }));
      const collection = await filled(connected(), documents);
      const cursor = collection.find().sort({ _id: 1 }).batchSize(7);
      expect((await cursor.next())?._id).toBe(1);
      const seen: unknown[] = [];
      for await (const document of cursor) seen.push(document._id);
      expect(seen).toHaveLength(299);
      expect(cursor.closed).toBe(true);
      const mapped = collection.find().sort({ _id: 1 }).limit(2).project({ a: 1, _id: 0 });
      expect(await mapped.toArray()).toEqual([{ a: 0 }, { a: 1 }]);
    });

    test('delete one, delete all', async () => {
      const collection = await filled(connected(), [{ a: 1 }, { a: 1 }, { a: 2 }]);
      expect(await collection.deleteOne({ a: 1 })).toMatchObject({ acknowledged: true, deletedCount: 1 });
      expect(await collection.deleteMany({ a: { $lt: 5 } })).toMatchObject({ deletedCount: 2 });
      expect(await collection.deleteOne({})).toMatchObject({ deletedCount: 0 });
    });

    test('distinct values, arrays by their elements', async () => {
      const collection = await filled(connected(), [
        { a: [2, 1] },
        { a: 2 },
        { a: 'x' },
        {},
        { a: new Double(1) },
      ]);
      const values = await collection.distinct('a');
      expect(values.map(String).sort()).toEqual(['1', '2', 'x']);
      expect((await collection.distinct('a', { _id: 1 })).sort()).toEqual([1, 2]);
    });

    test('counts', async () => {
      const collection = await filled(connected(), [{ a: 1 }, { a: 2 }, { a: 3 }]);
      expect(await collection.estimatedDocumentCount()).toBe(3);
      expect(await collection.countDocuments({ a: { $gt: 1 } }, { limit: 1 })).toBe(1);
      expect(await collection.countDocuments({}, { skip: 2 })).toBe(1);
    });

    test('bulkWrite', async () => {
      const collection = await filled(connected(), [{ a: 1 }, { a: 1 }, { a: 2 }]);
      const result = await collection.bulkWrite([
        { insertOne: { document: { _id: 10 } } },
        { updateOne: { filter: { a: 1 }, update: { $set: { b: 1 } } } },
        { updateMany: { filter: { a: 1 }, update: { $inc: { a: 1 } } } },
        { updateOne: { filter: { _id: 11 }, update: { $set: { b: 2 } }, upsert: true } },
        { replaceOne: { filter: { _id: 3 }, replacement: { c: 1 } } },
        { deleteOne: { filter: { _id: 10 } } },
        { deleteMany: { filter: { a: 2 } } },
      ]);
      expect(result).toMatchObject({
        insertedCount: 1,
        matchedCount: 4,
        modifiedCount: 4,
        upsertedCount: 1,
        deletedCount: 3,
        upsertedIds: { 3: 11 },
      });
      const left = await collection.find().sort({ _id: 1 }).toArray();
      expect(left).toEqual([
        { _id: 3, c: 1 },
        { _id: 11, b: 2 },
      ]);
    });

    test('collections are listed, made and dropped', async () => {
      const db = connected().db;
      const collection = await filled(connected(), [{ a: 1 }]);
      const name = collection.collectionName;
      expect(await db?.listCollections({ name }).toArray()).toHaveLength(1);
      await collection.drop();
      expect(await db?.listCollections({ name }).toArray()).toHaveLength(0);
      expect(await collection.findOne({})).toBeNull();
    });
  });
}
