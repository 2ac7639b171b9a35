import { describe, expect, test } from 'vitest';
import type { Connected, KnownDeviation } from './conformance.ts';
import { failure, filled } from './fixtures.ts';

/** Indexes: what they refuse, what they hold, that answers stay the same. */
export function indexCases(connected: Connected, deviations: readonly KnownDeviation[]): void {
  const unless = (deviation: KnownDeviation): typeof test | typeof test.fails =>
    deviations.includes(deviation) ? test.fails : test;

  describe('indexes', () => {
    test('are listed as they were made, and made again without change', async () => {
      const collection = await filled(connected(), [{ a: 1 }]);
      expect(await collection.createIndex({ a: 1, 'b.c': -1 })).toBe('a_1_b.c_-1');
      await collection.createIndex({ a: 1, 'b.c': -1 });
      await collection.createIndex({ u: 1 }, { unique: true, sparse: true, name: 'mine' });
      expect(await collection.indexes()).toMatchObject([
        { key: { _id: 1 }, name: '_id_' },
        { key: { a: 1, 'b.c': -1 }, name: 'a_1_b.c_-1' },
        { key: { u: 1 }, name: 'mine', unique: true, sparse: true },
      ]);
      expect((await failure(collection.createIndex({ a: 1, 'b.c': -1 }, { unique: true }))).code).toSatisfy(
        (code) => code === 85 || code === 86,
      );
      await collection.dropIndex('mine');
      expect(await collection.indexes()).toHaveLength(2);
      expect((await failure(collection.dropIndex('mine'))).code).toBe(27);
    });

    test('are made and taken away many at once, and asked for by name; they go with a renamed collection', async () => {
      const collection = await filled(connected(), [{ a: 1, b: 2 }]);
      const names = await collection.createIndexes([
        { key: { a: 1 } },
        { key: { b: -1 }, name: 'mine', unique: true },
      ]);
      expect(names).toEqual(['a_1', 'mine']);
      expect(await collection.indexExists(['a_1', 'mine'])).toBe(true);
      expect(await collection.indexExists(['a_1', 'none'])).toBe(false);
      const renamed = `${collection.collectionName}_renamed`;
      await connected().db?.renameCollection(collection.collectionName, renamed);
      const moved = connected().collection(renamed);
      expect(await moved.indexExists('mine')).toBe(true);
      expect((await failure(moved.insertOne({ b: 2 }))).code).toBe(11000);
      await moved.dropIndexes();
      expect(await moved.indexes()).toHaveLength(1);
      await moved.drop();
    });

    test('a unique one refuses inserts and updates, and keeps the document as it was', async () => {
      const collection = await filled(connected(), [
        { a: 1, b: 'x' },
        { a: 2, b: 'y' },
      ]);
      await collection.createIndex({ a: 1, b: 1 }, { unique: true });
      const insert = await failure(collection.insertOne({ _id: 3, a: 1, b: 'x' }));
      expect(insert).toMatchObject({ code: 11000, keyPattern: { a: 1, b: 1 }, keyValue: { a: 1, b: 'x' } });
      expect(insert.message).toContain('index: a_1_b_1 dup key: { a: 1, b: "x" }');
      const update = await failure(collection.updateOne({ _id: 2 }, { $set: { a: 1, b: 'x', c: 1 } }));
      expect(update.code).toBe(11000);
      expect(await collection.findOne({ _id: 2 })).toEqual({ _id: 2, a: 2, b: 'y' });
      await collection.deleteOne({ _id: 1 });
      await collection.updateOne({ _id: 2 }, { $set: { a: 1, b: 'x' } });
      expect(await collection.find({ a: 1, b: 'x' }).toArray()).toHaveLength(1);
    });

    test('a unique one counts what is missing as null, a sparse one does not hold it', async () => {
      const collection = await filled(connected());
      await collection.createIndex({ a: 1 }, { unique: true });
      await collection.createIndex({ b: 1 }, { unique: true, sparse: true });
      await collection.insertOne({ _id: 1 });
      expect((await failure(collection.insertOne({ _id: 2 }))).keyPattern).toEqual({ a: 1 });
      await collection.insertOne({ _id: 3, a: 3 });
      await collection.insertOne({ _id: 4, a: 4, b: null });
      expect((await failure(collection.insertOne({ _id: 5, a: 5, b: null }))).keyPattern).toEqual({ b: 1 });
    });

    test('a unique one over an array is about each element', async () => {
      const collection = await filled(connected());
      await collection.createIndex({ tags: 1 }, { unique: true });
      await collection.insertOne({ _id: 1, tags: ['a', 'b', 'a'] });
      expect((await failure(collection.insertOne({ _id: 2, tags: ['c', 'b'] }))).code).toBe(11000);
      await collection.updateOne({ _id: 1 }, { $pull: { tags: 'b' } });
      await collection.insertOne({ _id: 2, tags: ['c', 'b'] });
    });

    test('a partial one is unique only among its own', async () => {
      const collection = await filled(connected());
      const partialFilterExpression = { status: 'open', key: { $type: 'string' } };
      await collection.createIndex({ key: 1 }, { unique: true, partialFilterExpression });
      await collection.insertMany([
        { _id: 1, key: 'k', status: 'open' },
        { _id: 2, key: 'k', status: 'closed' },
        { _id: 3, status: 'open' },
        { _id: 4, status: 'open' },
      ]);
      expect((await failure(collection.insertOne({ _id: 5, key: 'k', status: 'open' }))).code).toBe(11000);
      expect((await failure(collection.updateOne({ _id: 2 }, { $set: { status: 'open' } }))).code).toBe(
        11000,
      );
      await collection.updateOne({ _id: 1 }, { $set: { status: 'closed' } });
      await collection.updateOne({ _id: 2 }, { $set: { status: 'open' } });
      expect(await collection.countDocuments({ key: 'k' })).toBe(2);
    });

    test('making a unique one fails where documents break it, and leaves none', async () => {
      const collection = await filled(connected(), [{ a: 1 }, { a: 1 }]);
      expect((await failure(collection.createIndex({ a: 1 }, { unique: true }))).code).toBe(11000);
      expect(await collection.indexes()).toHaveLength(1);
    });

    unless('parallel arrays')(
      'one of two arrays is refused, one over two fields of one array is not',
      async () => {
        const collection = await filled(connected());
        await collection.createIndex({ a: 1, b: 1 });
        await collection.createIndex({ 'c.x': 1, 'c.y': 1 }, { unique: true });
        expect((await failure(collection.insertOne({ _id: 1, a: [1], b: [2], c: 1 }))).code).toBe(171);
        await collection.insertOne({
          _id: 2,
          a: [1],
          b: 2,
          c: [
            { x: 1, y: 1 },
            { x: 2, y: 2 },
          ],
        });
        await collection.insertOne({ _id: 3, a: 1, b: [2], c: [{ x: 1, y: 2 }] });
        expect((await failure(collection.insertOne({ _id: 4, c: [{ x: 2, y: 2 }] }))).code).toBe(11000);
      },
    );

    unless('multikey bounds')('answers are the same with and without', async () => {
      const values = [
        1,
        1.5,
        null,
        undefined,
        'a',
        [1, 7],
        [],
        { b: 1 },
        [{ b: 2 }, { b: 9 }],
        true,
        new Date(0),
      ];
      const documents = values.map((a, n) => ({ ...(a !== undefined && { a }), n }));
      const plain = await filled(connected(), documents);
      const indexed = await filled(connected(), documents);
      await indexed.createIndex({ a: 1, n: -1 });
      await indexed.createIndex({ 'a.b': 1 });
      const filters = [
        { a: 1 },
        { a: null },
        { a: { $in: [1, 'a', null] } },
        { a: { $gt: 0 } },
        { a: { $gt: 5, $lt: 2 } },
        { a: { $gte: 1, $lte: 1.5 }, n: { $lt: 4 } },
        { a: [] },
        { a: [1, 7] },
        { a: { b: 1 } },
        { 'a.b': { $gt: 5, $lt: 3 } },
        { 'a.b': null },
        { a: { $exists: false } },
        { $or: [{ a: 'a' }, { 'a.b': 1 }] },
      ];
      for (const filter of filters) {
        const expected = await plain.find(filter).sort({ _id: 1 }).toArray();
        expect(await indexed.find(filter).sort({ _id: 1 }).toArray(), JSON.stringify(filter)).toEqual(
          expected,
        );
      }
      const sorted = await plain.find({}).sort({ a: 1, n: -1 }).toArray();
      expect(await indexed.find({}).sort({ a: 1, n: -1 }).toArray()).toEqual(sorted);
    });

    unless('parallel arrays')(
      'two fields of one array further down go together, element by element',
      async () => {
        const collection = await filled(connected());
        await collection.createIndex({ 'a.list.x': 1, 'a.list.y': 1 }, { unique: true });
        const list = [
          { x: 1, y: 1 },
          { x: 2, y: 2 },
        ];
        await collection.insertOne({ _id: 1, a: { list } });
        await collection.insertOne({ _id: 2, a: { list: [{ x: 1, y: 2 }] } });
        expect((await failure(collection.insertOne({ _id: 3, a: { list: [{ x: 2, y: 2 }] } }))).code).toBe(
          11000,
        );
        const filter = { 'a.list': { $elemMatch: { x: 1, y: 2 } } };
        expect((await collection.find(filter).toArray()).map(({ _id }) => _id)).toEqual([2]);
      },
    );

    unless('hashed indexes')('a hashed one is for equality, of one value', async () => {
      const collection = await filled(connected(), [{ a: 1 }, { a: 'x' }, {}]);
      expect(await collection.createIndex({ a: 'hashed' })).toBe('a_hashed');
      expect((await collection.indexes())[1]).toMatchObject({ key: { a: 'hashed' }, name: 'a_hashed' });
      expect(await collection.countDocuments({ a: 'x' })).toBe(1);
      expect(await collection.countDocuments({ a: null })).toBe(1);
      expect((await failure(collection.createIndex({ b: 'hashed' }, { unique: true }))).code).toBe(16764);
    });

    unless('hashed indexes')('a hashed one refuses arrays', async () => {
      const collection = await filled(connected());
      await collection.createIndex({ a: 'hashed' });
      expect((await failure(collection.insertOne({ a: [1] }))).code).toBe(16766);
    });

    test('two elements of one array may meet the two paths of a compound one', async () => {
      const collection = await filled(connected(), [
        {
          c: [
            { x: 1, y: 1 },
            { x: 2, y: 2 },
          ],
        },
      ]);
      await collection.createIndex({ 'c.x': 1, 'c.y': 1 });
      expect(await collection.countDocuments({ 'c.x': 1, 'c.y': 2 })).toBe(1);
    });

    test('an array sorts by its least element, whichever element the filter found', async () => {
      const collection = await filled(connected(), [{ a: 5 }, { a: [1, 7] }]);
      await collection.createIndex({ a: 1 });
      const found = await collection
        .find({ a: { $gt: 4 } })
        .sort({ a: 1 })
        .toArray();
      expect(found.map(({ _id }) => _id)).toEqual([2, 1]);
    });

    test('a compound one gives ranges in both directions', async () => {
      const documents = Array.from({ length: 200 }, (_, n) => ({ chat: n % 2, seq: Math.floor(n / 2) }));
      const collection = await filled(connected(), documents);
      await collection.createIndex({ chat: 1, seq: 1 }, { unique: true });
      const seqs = async (direction: 1 | -1): Promise<unknown[]> => {
        const cursor = collection
          .find({ chat: 1, seq: { $gt: 10 } })
          .sort({ seq: direction })
          .limit(3);
        return (await cursor.toArray()).map((document) => document['seq']);
      };
      expect(await seqs(1)).toEqual([11, 12, 13]);
      expect(await seqs(-1)).toEqual([99, 98, 97]);
      expect(await collection.find({ chat: 1 }).sort({ seq: 1 }).hint('chat_1_seq_1').toArray()).toHaveLength(
        100,
      );
    });
  });
}
