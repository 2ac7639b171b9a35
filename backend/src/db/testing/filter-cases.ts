import { mongo } from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Connected } from './conformance.ts';
import { failure, filled } from './fixtures.ts';

const { Binary, Decimal128, Double, Int32, Long, ObjectId, UUID } = mongo;
const hex = '65a1b2c3d4e5f60718293a4b';
const day = new Date('2026-01-02T03:04:05.678Z');

type Case = readonly [title: string, filter: Record<string, unknown>, ids: number[]];

/** What filters match. Ids count from one, in the order of the documents. */
export function filterCases(connected: Connected): void {
  const group = (title: string, documents: Record<string, unknown>[], cases: Case[]): void => {
    test.each(cases)(`${title}: %s`, async (_, filter, ids) => {
      const collection = await filled(connected(), documents);
      const found = await collection.find(filter).sort({ _id: 1 }).toArray();
      expect(found.map((document) => document._id)).toEqual(ids);
      expect(await collection.countDocuments(filter)).toBe(ids.length);
    });
  };

  describe('filters', () => {
    group(
      'the ends of the order',
      [{ a: 'x' }, { a: 5 }, { a: [1] }, { a: new mongo.MinKey() }, { a: new mongo.MaxKey() }],
      [
        ['more than the least', { a: { $gt: new mongo.MinKey() } }, [1, 2, 3, 5]],
        ['at least the least', { _id: { $gte: new mongo.MinKey() } }, [1, 2, 3, 4, 5]],
        ['less than the greatest', { a: { $lt: new mongo.MaxKey() } }, [1, 2, 3, 4]],
        ['the least', { a: new mongo.MinKey() }, [4]],
      ],
    );
    group(
      'bits',
      [
        { a: 54 },
        { a: 20 },
        { a: 20.5 },
        { a: new Binary(Buffer.from([0x66])) },
        { a: -1 },
        { a: 'x' },
        { a: [0, 2] },
      ],
      [
        ['all set, by places', { a: { $bitsAllSet: [1, 5] } }, [1, 4, 5]],
        ['all set, by a mask', { a: { $bitsAllSet: 50 } }, [1, 5]],
        ['any set', { a: { $bitsAnySet: 2 } }, [1, 4, 5, 7]],
        ['all clear', { a: { $bitsAllClear: [1, 5] } }, [2, 7]],
        ['any clear, by binary data', { a: { $bitsAnyClear: new Binary(Buffer.from([0x30])) } }, [2, 4, 7]],
        ['beyond the number the sign counts', { a: { $bitsAllSet: [200] } }, [5]],
      ],
    );

    group(
      'scalars',
      [{ a: 1 }, { a: 2.5 }, { a: '1' }, { a: null }, {}, { a: true }, { a: day }, { a: NaN }],
      [
        ['equality knows types', { a: 1 }, [1]],
        ['null matches null and missing', { a: null }, [4, 5]],
        ['$ne null', { a: { $ne: null } }, [1, 2, 3, 6, 7, 8]],
        ['$exists true', { a: { $exists: true } }, [1, 2, 3, 4, 6, 7, 8]],
        ['$exists false', { a: { $exists: false } }, [5]],
        ['ranges stay within a type', { a: { $gt: 0 } }, [1, 2]],
        ['$lt leaves NaN out', { a: { $lt: 10 } }, [1, 2]],
        ['$gte NaN', { a: { $gte: NaN } }, [8]],
        ['ranges of strings', { a: { $gte: '' } }, [3]],
        ['ranges of dates', { a: { $lte: new Date(day.getTime() + 1) } }, [7]],
        ['$gte null is null', { a: { $gte: null } }, [4, 5]],
        ['$in with null', { a: { $in: [2.5, null] } }, [2, 4, 5]],
        ['$nin', { a: { $nin: [1, '1', null] } }, [2, 6, 7, 8]],
        ['$type by name', { a: { $type: 'bool' } }, [6]],
        ['$type of several', { a: { $type: ['string', 'date'] } }, [3, 7]],
        ['$type number', { a: { $type: 'number' } }, [1, 2, 8]],
        ['$type by number', { a: { $type: 2 } }, [3]],
        ['$not of a range takes the rest', { a: { $not: { $gt: 1 } } }, [1, 3, 4, 5, 6, 7, 8]],
        ['$mod', { a: { $mod: [2, 1] } }, [1]],
      ],
    );
    group(
      'arrays',
      [
        { a: [1, 2, 3] },
        { a: [] },
        { a: 2 },
        { a: [[1, 2]] },
        { a: [{ b: 1 }, { b: 5 }] },
        { a: [6, 1] },
        { a: [null] },
      ],
      [
        ['an element matches', { a: 2 }, [1, 3]],
        ['the whole array matches', { a: [1, 2, 3] }, [1]],
        ['a nested array is an element', { a: [1, 2] }, [4]],
        ['the empty array', { a: [] }, [2]],
        ['null among the elements', { a: null }, [7]],
        ['two elements may meet a range', { a: { $gt: 5, $lt: 2 } }, [6]],
        ['$elemMatch needs one for both', { a: { $elemMatch: { $gt: 1, $lt: 3 } } }, [1]],
        ['$size', { a: { $size: 0 } }, [2]],
        ['$all', { a: { $all: [3, 1] } }, [1]],
        ['$all of one', { a: { $all: [2] } }, [1, 3]],
        ['by index, not into a nested array', { 'a.0': 1 }, [1]],
        ['a nested array by index', { 'a.0': [1, 2] }, [4]],
        ['$size by index', { 'a.0': { $size: 2 } }, [4]],
        ['through documents', { 'a.b': 5 }, [5]],
        ['by index and field', { 'a.1.b': 5 }, [5]],
        ['$elemMatch of documents', { a: { $elemMatch: { b: { $gt: 1 } } } }, [5]],
        ['$ne is about all elements', { a: { $ne: 1 } }, [2, 3, 4, 5, 7]],
        ['$in', { a: { $in: [3, 6] } }, [1, 6]],
        ['$nin', { a: { $nin: [1, 2] } }, [2, 4, 5, 7]],
      ],
    );
    group(
      'nested documents',
      [
        { a: { b: 1, c: 2 } },
        { a: { c: 2, b: 1 } },
        { a: { b: { c: 3 } } },
        { a: 4 },
        { a: [{ b: 1 }, {}] },
        { a: [] },
      ],
      [
        ['whole documents know their order', { a: { b: 1, c: 2 } }, [1]],
        ['dotted paths', { 'a.b': 1 }, [1, 2, 5]],
        ['deeper', { 'a.b.c': 3 }, [3]],
        ['null where the parent is something else', { 'a.b': null }, [4, 5]],
        ['$exists false', { 'a.b': { $exists: false } }, [4, 6]],
        ['$exists true', { 'a.c': { $exists: true } }, [1, 2]],
      ],
    );
    group(
      'logic',
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
        { a: 2, b: 2 },
      ],
      [
        ['several fields', { a: 1, b: 2 }, [2]],
        ['$and', { $and: [{ a: 1 }, { b: { $gt: 1 } }] }, [2]],
        ['$or', { $or: [{ b: 1 }, { a: 2 }] }, [1, 3]],
        ['$nor', { $nor: [{ b: 1 }, { a: 2 }] }, [2]],
        ['$or beside a field', { a: 1, $or: [{ b: 1 }, { b: 3 }] }, [1]],
        ['$expr', { $expr: { $gt: ['$b', '$a'] } }, [2]],
        ['$comment', { $comment: 'why', a: 2 }, [3]],
      ],
    );
    group(
      'strings',
      [{ a: 'Alpha' }, { a: 'beta' }, { a: ['x', 'gamma'] }, { a: 'ä' }, { a: 'a\nb' }],
      [
        ['a regular expression', { a: /a$/ }, [1, 2, 3]],
        ['without case', { a: /^alpha/i }, [1]],
        ['$regex and $options', { a: { $regex: '^B', $options: 'i' } }, [2]],
        ['by lines', { a: { $regex: '^b', $options: 'm' } }, [2, 5]],
        ['$in of expressions', { a: { $in: [/^be/, 'Alpha'] } }, [1, 2]],
        ['$not of an expression', { a: { $not: /a/ } }, [4]],
        ['order by bytes', { a: { $gt: 'z' } }, [4]],
      ],
    );
    group(
      'BSON classes',
      [
        { a: new Int32(7) },
        { a: new Double(7) },
        { a: Long.fromString('9007199254740993') },
        { a: Decimal128.fromString('7.0') },
        { a: new ObjectId(hex) },
        { a: new UUID('0123456789abcdef0123456789abcdef') },
        { a: new Binary(Buffer.from([1, 2])) },
        { a: /x/i },
      ],
      [
        ['numbers are equal across classes', { a: 7 }, [1, 2, 4]],
        ['a long keeps its digits', { a: { $gt: Long.fromString('9007199254740992') } }, [3]],
        ['a decimal lies between doubles', { a: { $lt: Decimal128.fromString('7.1') } }, [1, 2, 4]],
        ['ObjectId', { a: new ObjectId(hex) }, [5]],
        ['ranges of ObjectIds', { a: { $gt: new ObjectId('000000000000000000000000') } }, [5]],
        ['UUID', { a: new UUID('0123456789abcdef0123456789abcdef') }, [6]],
        ['Binary', { a: new Binary(Buffer.from([1, 2])) }, [7]],
        ['$type int', { a: { $type: 'int' } }, [1]],
        ['$type double', { a: { $type: 'double' } }, [2]],
        ['$type long', { a: { $type: 'long' } }, [3]],
        ['$type decimal', { a: { $type: 'decimal' } }, [4]],
        ['$type objectId', { a: { $type: 'objectId' } }, [5]],
        ['$type binData', { a: { $type: 'binData' } }, [6, 7]],
        ['$type regex', { a: { $type: 'regex' } }, [8]],
      ],
    );

    test.each([
      ['an unknown operator', { a: { $nope: 1 } }],
      ['an unknown logical operator', { $nope: [] }],
      ['$in without an array', { a: { $in: 1 } }],
      ['$and without an array', { $and: {} }],
      ['$size of a word', { a: { $size: 'x' } }],
      ['an invalid expression', { a: { $regex: '(' } }],
    ])('%s is refused, on an empty collection too', async (_, filter) => {
      const collection = await filled(connected());
      await failure(collection.find(filter).toArray());
    });
  });
}
