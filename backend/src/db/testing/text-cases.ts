import { describe, expect, test } from 'vitest';
import type { Connected, KnownDeviation } from './conformance.ts';
import { failure, filled } from './fixtures.ts';
import type { AnyCollection } from './fixtures.ts';

const articles = [
  { title: 'Coffee shop', body: 'Where to buy coffee beans and cake.' },
  { title: 'Tea', body: 'Brewing tea; coffee is another drink.' },
  { title: 'Café crème', body: 'A French drink', tags: ['coffees', 'milk'] },
  {
    title: 'Shopping',
    body: 'Shops, shoppers and their running costs',
    parts: [{ text: 'rent' }, { text: 'taxes' }],
  },
  { title: 'Nothing', body: 7 },
  { n: 1 },
];
const score = { $meta: 'textScore' };

/** `$text`: which documents it finds. How well each matches is a number of its own on each server. */
export function textCases(connected: Connected, deviations: readonly KnownDeviation[]): void {
  const known = deviations.includes('text indexes') ? test.skip : test;
  const stored = async (options: object = {}): Promise<AnyCollection> => {
    const collection = await filled(connected(), articles);
    const keys = { title: 'text', body: 'text', tags: 'text', 'parts.text': 'text' };
    await collection.createIndex(keys, { name: 'words', weights: { title: 10 }, ...options });
    return collection;
  };
  const idsOf = async (collection: AnyCollection, filter: object): Promise<unknown[]> =>
    (await collection.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

  describe('text search (SecantusDB has none: skipped there)', () => {
    known.each([
      ['one word, whatever its ending', 'shops', [1, 4]],
      ['any of several words', 'tea cake', [1, 2]],
      ['capitals and accents do not count', 'CAFE', [3]],
      ['in arrays and in documents in them', 'taxes milk', [3, 4]],
      ['all of a phrase', '"coffee beans"', [1]],
      ['a phrase is taken letter for letter', '"coffees beans"', []],
      ['a phrase beside words', 'tea "coffee is"', [2]],
      ['all of several phrases', '"coffee" "drink"', [2, 3]],
      ['without a word', 'coffee -tea', [1, 3]],
      ['without a phrase', 'coffee -"another drink"', [1, 3]],
      ['a hyphen within a word excludes nothing', 'cake-tea', [1, 2]],
      ['only what is excluded finds nothing', '-tea', []],
      ['a word that says nothing finds nothing', 'where is the', []],
      ['nothing at all', '', []],
    ])('%s', async (_, $search, ids) => {
      expect(await idsOf(await stored(), { $text: { $search } })).toEqual(ids);
    });

    known('beside other conditions, in counts, aggregations, updates and deletes', async () => {
      const collection = await stored();
      const filter = { $text: { $search: 'coffee' } };
      expect(await idsOf(collection, { ...filter, title: 'Tea' })).toEqual([2]);
      expect(await idsOf(collection, { $and: [filter, { _id: { $gt: 1 } }] })).toEqual([2, 3]);
      expect(await collection.countDocuments(filter)).toBe(3);
      expect(await collection.distinct('_id', filter)).toEqual([1, 2, 3]);
      const grouped = await collection.aggregate([{ $match: filter }, { $count: 'n' }]).toArray();
      expect(grouped).toEqual([{ n: 3 }]);
      expect((await collection.updateMany(filter, { $set: { found: true } })).modifiedCount).toBe(3);
      expect(await collection.findOneAndUpdate({ ...filter, _id: 2 }, { $set: { m: 1 } })).toMatchObject({
        _id: 2,
      });
      expect((await collection.deleteMany(filter)).deletedCount).toBe(3);
      expect(await idsOf(collection, {})).toEqual([4, 5, 6]);
    });

    known('the score: by field, sorted by, in pipelines', async () => {
      const collection = await stored();
      const filter = { $text: { $search: 'coffee shop' } };
      const found = await collection
        .find(filter, { projection: { title: 1, score } })
        .sort({ score })
        .toArray();
      expect(found.map(({ _id }) => _id)[0]).toBe(1);
      expect(Object.keys(found[0] ?? {})).toEqual(['_id', 'title', 'score']);
      const scores = found.map((one) => Number(one['score']));
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(scores.every((one) => one > 0)).toBe(true);
      const whole = await collection.find(filter, { projection: { score } }).limit(1).toArray();
      expect(Object.keys(whole[0] ?? {})).toEqual(['_id', 'title', 'body', 'score']);
      const piped = await collection
        .aggregate([{ $match: filter }, { $sort: { score } }, { $project: { score } }, { $limit: 1 }])
        .toArray();
      expect(piped).toEqual([{ _id: 1, score: scores[0] }]);
    });

    known('follows inserts, updates and deletes', async () => {
      const collection = await stored();
      await collection.insertOne({ _id: 7, title: 'More coffee' });
      await collection.updateOne({ _id: 1 }, { $set: { title: 'Bakery', body: 'cake' } });
      await collection.updateOne({ _id: 2 }, { $set: { n: 1 } });
      await collection.deleteOne({ _id: 3 });
      await collection.replaceOne({ _id: 5 }, { body: ['coffee'] });
      await collection.updateOne({ _id: 4 }, { $unset: { parts: '' } });
      expect(await idsOf(collection, { $text: { $search: 'coffee' } })).toEqual([2, 5, 7]);
      expect(await idsOf(collection, { $text: { $search: 'taxes' } })).toEqual([]);
    });

    known('is listed as MongoDB lists it; there is one for a collection', async () => {
      const collection = await stored();
      expect((await collection.indexes())[1]).toEqual({
        v: 2,
        key: { _fts: 'text', _ftsx: 1 },
        name: 'words',
        weights: { body: 1, 'parts.text': 1, tags: 1, title: 10 },
        default_language: 'english',
        language_override: 'language',
        textIndexVersion: 3,
      });
      expect((await failure(collection.createIndex({ other: 'text' }))).code).toBe(85);
      await collection.dropIndex('words');
      expect((await failure(collection.find({ $text: { $search: 'tea' } }).toArray())).code).toBe(27);
      expect(await collection.createIndex({ title: 'text', body: 'text' })).toBe('title_text_body_text');
      expect(await idsOf(collection, { $text: { $search: 'tea' } })).toEqual([2]);
    });

    known('without a language words count as they are', async () => {
      const collection = await stored({ default_language: 'none' });
      expect(await idsOf(collection, { $text: { $search: 'shops' } })).toEqual([4]);
      expect(await idsOf(collection, { $text: { $search: 'where' } })).toEqual([1]);
    });

    known('no score where nothing was searched, and no hint', async () => {
      const collection = await stored();
      await expect(collection.find({}, { projection: { score } }).toArray()).rejects.toThrow(/score/);
      const hinted = collection.find({ $text: { $search: 'tea' } }).hint('_id_');
      await expect(hinted.toArray()).rejects.toThrow(/hint/);
    });
  });
}
