import { mongo } from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Connected } from './conformance.ts';
import { failure, filled } from './fixtures.ts';

const { Decimal128, Double, Int32, Long, ObjectId } = mongo;

type Fields = Record<string, unknown>;
type Case = readonly [title: string, before: Fields, update: Fields | Fields[], after: Fields];

const CASES: Case[] = [
  ['$set', { a: 1 }, { $set: { b: 2, 'c.d': 3 } }, { a: 1, b: 2, c: { d: 3 } }],
  ['$set in an array', { a: [1, 2] }, { $set: { 'a.1': 9 } }, { a: [1, 9] }],
  ['$set behind an array’s end', { a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
  ['$unset', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '' } }, { b: { d: 2 } }],
  ['$unset in an array', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
  ['$inc', { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
  ['$mul', { a: 3 }, { $mul: { a: 1.5, b: 2 } }, { a: 4.5, b: 0 }],
  ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3, c: 1 }, $max: { b: 3 } }, { a: 3, b: 5, c: 1 }],
  ['$max across types', { a: 5 }, { $max: { a: 'x' } }, { a: 'x' }],
  ['$rename', { a: 1 }, { $rename: { a: 'b.c' } }, { b: { c: 1 } }],
  ['$rename, of what is not there', { a: 1 }, { $rename: { b: 'c', 'd.e': 'f' } }, { a: 1 }],
  ['$push', { a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
  ['$push an array', { a: [] }, { $push: { a: [1] } }, { a: [[1]] }],
  ['$push $each', { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  ['$push $position', { a: [1] }, { $push: { a: { $each: [0], $position: 0 } } }, { a: [0, 1] }],
  ['$push $slice', { a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } }, { a: [2, 3] }],
  ['$push $sort', { a: [3] }, { $push: { a: { $each: [1, 2], $sort: -1 } } }, { a: [3, 2, 1] }],
  [
    '$push $sort by a field',
    { a: [{ n: 2 }] },
    { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
    { a: [{ n: 1 }, { n: 2 }] },
  ],
  ['$addToSet', { a: [1] }, { $addToSet: { a: 1 } }, { a: [1] }],
  ['$addToSet $each', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
  ['$pop last', { a: [1, 2] }, { $pop: { a: 1 } }, { a: [1] }],
  ['$pop first', { a: [1, 2] }, { $pop: { a: -1 } }, { a: [2] }],
  ['$pull a value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ['$pull by operators', { a: [1, 2, 3] }, { $pull: { a: { $gte: 2 } } }, { a: [1] }],
  ['$pull documents', { a: [{ b: 1, c: 1 }, { b: 2 }] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }] }],
  ['$pullAll', { a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['$bit', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  ['all elements', { a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  [
    'fields of all elements',
    { a: [{ b: 1 }, { b: 2 }] },
    { $set: { 'a.$[].b': 0 } },
    { a: [{ b: 0 }, { b: 0 }] },
  ],
  ['$setOnInsert leaves what exists', { a: 1 }, { $setOnInsert: { a: 2 }, $set: { b: 1 } }, { a: 1, b: 1 }],
  ['a pipeline', { a: 1, b: 2 }, [{ $set: { c: { $add: ['$a', '$b'] } } }, { $unset: 'a' }], { b: 2, c: 3 }],
];

/** What updates make of documents. */
export function updateCases(connected: Connected): void {
  describe('updates', () => {
    test.each(CASES)('%s', async (_, before, update, after) => {
      const collection = await filled(connected(), [before]);
      await collection.updateOne({ _id: 1 }, update);
      expect(await collection.findOne({ _id: 1 })).toEqual({ _id: 1, ...after });
    });

    test('the positional $ is the element that the filter found', async () => {
      const collection = await filled(connected(), [{ a: [{ b: 1 }, { b: 2 }] }]);
      await collection.updateOne({ 'a.b': 2 }, { $set: { 'a.$.c': true } });
      await collection.updateOne({ a: { $elemMatch: { b: 1 } } }, { $set: { 'a.$.d': true } });
      expect((await collection.findOne({}))?.['a']).toEqual([
        { b: 1, d: true },
        { b: 2, c: true },
      ]);
    });

    test('array filters', async () => {
      const collection = await filled(connected(), [
        {
          a: [
            { n: 1, t: [1, 5] },
            { n: 9, t: [2, 6] },
          ],
        },
      ]);
      await collection.updateOne(
        {},
        { $set: { 'a.$[big].x': 1 }, $inc: { 'a.$[].t.$[high]': 100 } },
        { arrayFilters: [{ 'big.n': { $gt: 5 } }, { high: { $gt: 4 } }] },
      );
      expect((await collection.findOne({}))?.['a']).toEqual([
        { n: 1, t: [1, 105] },
        { n: 9, t: [2, 106], x: 1 },
      ]);
    });

    test('counts say what matched and what changed', async () => {
      const collection = await filled(connected(), [{ a: 1 }, { a: 2 }]);
      const result = await collection.updateMany({}, { $set: { a: 2 } });
      expect(result).toMatchObject({ matchedCount: 2, modifiedCount: 1, upsertedCount: 0, upsertedId: null });
    });

    test('an upsert takes the filter’s equalities', async () => {
      const collection = await filled(connected());
      const result = await collection.updateOne(
        { a: 1, 'b.c': { $eq: 2 }, d: { $gt: 3 } },
        { $set: { e: 5 }, $setOnInsert: { f: 6 } },
        { upsert: true },
      );
      expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
      expect(result.upsertedId).toBeInstanceOf(ObjectId);
      expect(await collection.findOne({})).toEqual({ _id: result.upsertedId, a: 1, b: { c: 2 }, e: 5, f: 6 });
    });

    test('replaceOne keeps the id and nothing else', async () => {
      const collection = await filled(connected(), [{ a: 1 }]);
      await collection.replaceOne({ a: 1 }, { b: 2 });
      expect(await collection.findOne({})).toEqual({ _id: 1, b: 2 });
      await collection.replaceOne({ _id: 7 }, { c: 1 }, { upsert: true });
      expect(await collection.findOne({ _id: 7 })).toEqual({ _id: 7, c: 1 });
    });

    test('findOneAndUpdate gives the document before or after', async () => {
      const collection = await filled(connected(), [
        { a: 1, s: 2 },
        { a: 1, s: 1 },
      ]);
      const before = await collection.findOneAndUpdate({ a: 1 }, { $inc: { a: 1 } }, { sort: { s: 1 } });
      expect(before).toEqual({ _id: 2, a: 1, s: 1 });
      const after = await collection.findOneAndUpdate(
        { a: 2 },
        { $inc: { a: 1 } },
        { returnDocument: 'after', projection: { a: 1, _id: 0 } },
      );
      expect(after).toEqual({ a: 3 });
      expect(await collection.findOneAndUpdate({ a: 99 }, { $set: { b: 1 } })).toBeNull();
      const upserted = await collection.findOneAndUpdate(
        { _id: 5 },
        { $set: { b: 1 } },
        { upsert: true, returnDocument: 'after', includeResultMetadata: true },
      );
      expect(upserted).toMatchObject({
        value: { _id: 5, b: 1 },
        lastErrorObject: { n: 1, updatedExisting: false, upserted: 5 },
      });
    });

    test('findOneAndReplace and findOneAndDelete', async () => {
      const collection = await filled(connected(), [{ a: 1 }, { a: 2 }]);
      const replaced = await collection.findOneAndReplace(
        { a: 1 },
        { b: 1 },
        {
          returnDocument: 'after',
        },
      );
      expect(replaced).toEqual({ _id: 1, b: 1 });
      expect(await collection.findOneAndDelete({}, { sort: { _id: -1 } })).toEqual({ _id: 2, a: 2 });
      expect(await collection.findOneAndDelete({ _id: 2 })).toBeNull();
    });

    test('numbers keep their classes', async () => {
      const long = Long.fromString('9007199254740993');
      const collection = await filled(connected(), [
        {
          i: new Int32(2147483647),
          d: new Double(1),
          l: long,
          m: Decimal128.fromString('0.10'),
          untouched: new Double(3),
        },
      ]);
      await collection.updateOne(
        {},
        {
          $inc: { i: 1, d: 1, l: 1, m: Decimal128.fromString('0.20') },
        },
      );
      const types = await collection
        .find({
          i: { $type: 'long' },
          d: { $type: 'double' },
          l: { $type: 'long' },
          m: { $type: 'decimal' },
          untouched: { $type: 'double' },
        })
        .toArray();
      expect(types).toHaveLength(1);
      expect(String(types[0]?.['l'])).toBe('9007199254740994');
      expect(String(types[0]?.['m'])).toBe('0.30');
      expect(types[0]?.['i']).toBe(2147483648);
    });

    test.each([
      ['a changed id', { $set: { _id: 2 } }, 66],
      ['two changes of one place', { $set: { a: 1 }, $inc: { a: 1 } }, 40],
      ['a change inside a changed place', { $set: { a: {}, 'a.b': 1 } }, 40],
      ['a number operator on a text', { $inc: { text: 1 } }, 14],
      ['an array operator on a text', { $push: { text: 1 } }, 2],
      ['a path through a text', { $set: { 'text.x': 1 } }, 28],
      ['an array filter that is missing', { $set: { 'list.$[x]': 1 } }, 2],
    ])('%s is refused and changes nothing', async (_, update, code) => {
      const collection = await filled(connected(), [{ text: 'x', list: [1] }]);
      expect((await failure(collection.updateOne({}, update))).code).toBe(code);
      expect(await collection.findOne({})).toEqual({ _id: 1, text: 'x', list: [1] });
    });
  });
}
