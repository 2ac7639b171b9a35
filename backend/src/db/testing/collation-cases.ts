import { describe, expect, test } from 'vitest';
import type { Connected, KnownDeviation } from './conformance.ts';
import { failure, filled } from './fixtures.ts';

const en = { locale: 'en' } as const;
const caseless = { locale: 'en', strength: 2 } as const;
const baseOnly = { locale: 'en', strength: 1 } as const;
const names = ['cote', 'Cote', 'coté', 'côte', 'Zoe', 'zoe', 'zoë', 'a10', 'a2', 'A2'];

/** Collations: which strings are equal, in what order they come, and what unique indexes make of it. */
export function collationCases(connected: Connected, deviations: readonly KnownDeviation[]): void {
  const unless = (deviation: KnownDeviation): typeof test | typeof test.fails =>
    deviations.includes(deviation) ? test.fails : test;
  const stored = () =>
    filled(
      connected(),
      names.map((name) => ({ name })),
    );

  describe('collations', () => {
    test.each([
      ['none knows every difference', undefined, { name: 'cote' }, ['cote']],
      ['strength 3 too', en, { name: 'cote' }, ['cote']],
      ['strength 2 ignores case', caseless, { name: 'COTE' }, ['cote', 'Cote']],
      ['strength 1 ignores accents too', baseOnly, { name: 'COTE' }, ['cote', 'Cote', 'coté', 'côte']],
      ['strength 1 with caseLevel keeps case', { ...baseOnly, caseLevel: true }, { name: 'Cote' }, ['Cote']],
      ['simple is the binary one', { locale: 'simple' }, { name: 'cote' }, ['cote']],
      ['$in', caseless, { name: { $in: ['ZOE', 'A10'] } }, ['Zoe', 'zoe', 'a10']],
      ['$ne', baseOnly, { name: { $ne: 'ZOE' }, _id: { $gte: 5 } }, ['a10', 'a2', 'A2']],
      ['a range', caseless, { name: { $gt: 'COTÉ', $lt: 'zoe' } }, ['côte']],
      ['digits by their value', { ...en, numericOrdering: true }, { name: { $gt: 'a3', $lt: 'b' } }, ['a10']],
      ['not regular expressions', caseless, { name: /^COTE$/ }, []],
      [
        '$elemMatch and $not inside',
        caseless,
        { name: { $not: { $in: ['COTE', 'COTÉ', 'CÔTE', 'ZOE', 'ZOË'] } } },
        ['a10', 'a2', 'A2'],
      ],
    ])('%s', async (_, collation, filter, found) => {
      const collection = await stored();
      const options = collation === undefined ? {} : { collation };
      const documents = await collection.find(filter, options).sort({ _id: 1 }).toArray();
      expect(documents.map(({ name }) => name)).toEqual(found);
      expect(await collection.countDocuments(filter, options)).toBe(found.length);
    });

    test.each([
      [
        'the language’s order, small letters first',
        en,
        ['a10', 'a2', 'A2', 'cote', 'Cote', 'coté', 'côte', 'zoe', 'Zoe', 'zoë'],
      ],
      [
        'numbers by their value',
        { ...en, numericOrdering: true },
        ['a2', 'A2', 'a10', 'cote', 'Cote', 'coté', 'côte', 'zoe', 'Zoe', 'zoë'],
      ],
      [
        'capitals first',
        { ...en, caseFirst: 'upper' },
        ['a10', 'A2', 'a2', 'Cote', 'cote', 'coté', 'côte', 'Zoe', 'zoe', 'zoë'],
      ],
    ])('sorting: %s', async (_, collation, ordered) => {
      const collection = await stored();
      const up = await collection.find({}, { collation }).sort({ name: 1 }).toArray();
      expect(up.map(({ name }) => name)).toEqual(ordered);
      const down = await collection.find({}, { collation }).sort({ name: -1 }).toArray();
      expect(down.map(({ name }) => name)).toEqual([...ordered].reverse());
      const piped = await collection
        .aggregate([{ $sort: { name: 1 } }, { $limit: 3 }], { collation })
        .toArray();
      expect(piped.map(({ name }) => name)).toEqual(ordered.slice(0, 3));
    });

    test('of other types and of documents with strings in them', async () => {
      const collection = await filled(connected(), [
        { a: 1 },
        { a: { b: 'X' } },
        { a: ['x', 'Y'] },
        { a: null },
      ]);
      const find = async (filter: object): Promise<unknown[]> =>
        (await collection.find(filter, { collation: caseless }).sort({ _id: 1 }).toArray()).map(
          ({ _id }) => _id,
        );
      expect(await find({ a: 1 })).toEqual([1]);
      expect(await find({ a: { b: 'x' } })).toEqual([2]);
      expect(await find({ a: 'y' })).toEqual([3]);
      expect(await find({ a: null })).toEqual([4]);
    });

    test('distinct gives one of what is equal', async () => {
      const collection = await stored();
      const values = await collection.distinct('name', {}, { collation: baseOnly });
      const plain = values.map((name) => String(name).toLowerCase().normalize('NFD').replace(/\p{M}/gu, ''));
      expect(plain.sort()).toEqual(['a10', 'a2', 'cote', 'zoe']);
    });

    test('writing finds what reading finds', async () => {
      const collection = await stored();
      const options = { collation: caseless };
      expect((await collection.updateMany({ name: 'COTE' }, { $set: { n: 1 } }, options)).matchedCount).toBe(
        2,
      );
      expect((await collection.updateOne({ name: 'ZOE' }, { $set: { n: 2 } }, options)).matchedCount).toBe(1);
      expect((await collection.replaceOne({ name: 'ZOË' }, { name: 'new' }, options)).matchedCount).toBe(1);
      expect(await collection.findOneAndUpdate({ name: 'A10' }, { $set: { n: 3 } }, options)).toMatchObject({
        name: 'a10',
      });
      expect(await collection.findOneAndDelete({ name: 'A10' }, options)).toMatchObject({ n: 3 });
      expect((await collection.deleteMany({ name: 'a2' }, options)).deletedCount).toBe(2);
      expect((await collection.deleteOne({ name: 'NEW' }, options)).deletedCount).toBe(1);
      const bulk = await collection.bulkWrite([
        { updateMany: { filter: { name: 'COTE' }, update: { $set: { n: 4 } }, collation: caseless } },
        { deleteMany: { filter: { name: 'zoe' }, collation: caseless } },
      ]);
      expect(bulk).toMatchObject({ matchedCount: 2, deletedCount: 2 });
      expect(await collection.countDocuments({})).toBe(4);
    });

    unless('collated updates')('an update’s arrays are compared by it', async () => {
      const collection = await filled(connected(), [{ tags: ['Red', 'blue'], list: [{ k: 'A', n: 1 }] }]);
      const options = { collation: caseless };
      await collection.updateOne({}, { $addToSet: { tags: 'RED' } }, options);
      await collection.updateOne({}, { $pull: { tags: 'BLUE' } }, options);
      await collection.updateOne(
        {},
        { $inc: { 'list.$[one].n': 1 } },
        { ...options, arrayFilters: [{ 'one.k': 'a' }] },
      );
      expect(await collection.findOne({})).toEqual({ _id: 1, tags: ['Red'], list: [{ k: 'A', n: 2 }] });
    });

    unless('collated updates')('the element that a filter found is found by it', async () => {
      const collection = await filled(connected(), [{ list: [{ k: 'B' }, { k: 'A', n: 1 }] }]);
      await collection.updateOne({ 'list.k': 'a' }, { $inc: { 'list.$.n': 1 } }, { collation: caseless });
      expect(await collection.findOne({})).toMatchObject({ list: [{ k: 'B' }, { k: 'A', n: 2 }] });
    });

    test('a unique index refuses what its collation calls equal, and only that', async () => {
      const collection = await filled(connected());
      await collection.createIndex({ site: 1, email: 1 }, { unique: true, collation: caseless });
      await collection.insertOne({ _id: 1, site: 1, email: 'Ada@x.org' });
      const refused = await failure(collection.insertOne({ _id: 2, site: 1, email: 'ada@X.org' }));
      expect(refused).toMatchObject({ code: 11000, keyPattern: { site: 1, email: 1 } });
      await collection.insertOne({ _id: 3, site: 2, email: 'ada@x.org' });
      await collection.insertOne({ _id: 4, site: 1, email: 'Áda@x.org' });
      expect((await failure(collection.updateOne({ _id: 4 }, { $set: { email: 'ADA@x.org' } }))).code).toBe(
        11000,
      );
      await collection.updateOne({ _id: 1 }, { $set: { email: 'ADA@x.org' } });
      await collection.deleteOne({ _id: 1 });
      await collection.updateOne({ _id: 4 }, { $set: { email: 'ada@x.org' } });
      expect(await collection.countDocuments({ site: 1, email: 'ADA@X.ORG' }, { collation: caseless })).toBe(
        1,
      );
      expect(await collection.indexes()).toMatchObject([{}, { unique: true, collation: caseless }]);
    });

    test('two indexes of the same keys may differ in it', async () => {
      const collection = await stored();
      await collection.createIndex({ name: 1 });
      await collection.createIndex({ name: 1 }, { name: 'caseless', collation: caseless });
      expect(await collection.indexes()).toHaveLength(3);
      expect(await collection.countDocuments({ name: 'COTE' })).toBe(0);
      expect(await collection.countDocuments({ name: 'COTE' }, { collation: caseless })).toBe(2);
      expect(await collection.countDocuments({ name: 'COTE' }, { collation: baseOnly })).toBe(4);
    });

    unless('unknown locale')('an unknown language is an error', async () => {
      const collection = await stored();
      await expect(collection.find({}, { collation: { locale: 'xyzzy' } }).toArray()).rejects.toThrow(
        /locale/,
      );
    });

    test.each([
      ['no language', { strength: 2 }],
      ['a strength there is not', { locale: 'en', strength: 7 }],
    ])('%s is an error', async (_, collation) => {
      const collection = await stored();
      await expect(collection.find({}, { collation }).toArray()).rejects.toThrow(/./);
    });
  });
}
