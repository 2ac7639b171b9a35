import { mongo } from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Connected, KnownDeviation } from './conformance.ts';
import { failure, filled } from './fixtures.ts';
import type { AnyCollection } from './fixtures.ts';

const { Double, Long } = mongo;

/** Pipelines that store what they give. */
export function writingPipelineCases(connected: Connected, deviations: readonly KnownDeviation[]): void {
  const fails = deviations.includes('writing pipelines');
  const all = (collection: AnyCollection): Promise<unknown[]> => collection.find().sort({ _id: 1 }).toArray();
  const merge = async (
    stored: Record<string, unknown>[],
    options: Record<string, unknown>,
    results: Record<string, unknown>[] = [
      { k: 1, n: 10 },
      { k: 2, n: 20 },
    ],
  ): Promise<unknown[]> => {
    const target = await filled(connected(), stored);
    await target.createIndex({ k: 1 }, { unique: true });
    const source = await filled(connected(), results);
    const stage = { $merge: { into: target.collectionName, on: 'k', ...options } };
    expect(await source.aggregate([{ $project: { _id: 0 } }, stage]).toArray()).toEqual([]);
    return target
      .find({}, { projection: { _id: 0 } })
      .sort({ k: 1 })
      .toArray();
  };

  describe('$out', () => {
    test('replaces a collection, its indexes kept, its numbers of the same class', { fails }, async () => {
      const target = await filled(connected(), [{ old: 1 }]);
      await target.createIndex({ u: 1 }, { unique: true });
      const source = await filled(connected(), [{ u: 1, d: new Double(5), l: Long.fromInt(6) }, { u: 2 }]);
      expect(await source.aggregate([{ $match: {} }, { $out: target.collectionName }]).toArray()).toEqual([]);
      expect(await all(target)).toEqual([
        { _id: 1, u: 1, d: 5, l: 6 },
        { _id: 2, u: 2 },
      ]);
      expect(await target.countDocuments({ d: { $type: 'double' }, l: { $type: 'long' } })).toBe(1);
      expect((await target.indexes()).map(({ name }) => name)).toEqual(['_id_', 'u_1']);
    });

    test('leaves the collection as it was when it fails', { fails }, async () => {
      const target = await filled(connected(), [{ old: 1 }]);
      await target.createIndex({ u: 1 }, { unique: true });
      const source = await filled(connected(), [{ u: 1 }, { u: 1 }]);
      const error = await failure(source.aggregate([{ $out: target.collectionName }]).toArray());
      expect(error.code).toBe(11000);
      expect(await all(target)).toEqual([{ _id: 1, old: 1 }]);
    });

    test('makes a collection, and may replace its own', async () => {
      const source = await filled(connected(), [{ n: 1 }, { n: 2 }]);
      const name = source.collectionName;
      await source
        .aggregate([{ $match: { n: 2 } }, { $out: { db: connected().name, coll: `${name}_out` } }])
        .toArray();
      const made = connected().collection(`${name}_out`) as unknown as AnyCollection;
      expect(await all(made)).toEqual([{ _id: 2, n: 2 }]);
      await source.aggregate([{ $set: { n: 0 } }, { $out: name }]).toArray();
      expect(await all(source)).toEqual([
        { _id: 1, n: 0 },
        { _id: 2, n: 0 },
      ]);
    });

    test('is the last stage, and stands in no transaction', async () => {
      const source = await filled(connected(), [{ n: 1 }]);
      const early = source.aggregate([{ $out: 'x' }, { $match: {} }]).toArray();
      expect((await failure(early)).code).toBe(40601);
    });
  });

  describe('$merge', () => {
    test('merges and inserts by itself', async () => {
      expect(await merge([{ k: 1, a: 'kept' }], {})).toEqual([
        { k: 1, a: 'kept', n: 10 },
        { k: 2, n: 20 },
      ]);
    });

    test('whenMatched: replace, keepExisting, a pipeline', async () => {
      const stored = [{ k: 1, a: 'kept', n: 1 }];
      expect(await merge(stored, { whenMatched: 'replace', whenNotMatched: 'discard' })).toEqual([
        { k: 1, n: 10 },
      ]);
      expect(await merge(stored, { whenMatched: 'keepExisting' })).toEqual([
        { k: 1, a: 'kept', n: 1 },
        { k: 2, n: 20 },
      ]);
      const pipeline = [{ $set: { n: { $add: ['$n', '$$new.n'] } } }];
      expect(await merge(stored, { whenMatched: pipeline })).toEqual([
        { k: 1, a: 'kept', n: 11 },
        { k: 2, n: 20 },
      ]);
    });

    test('fails where it is told to', { fails }, async () => {
      const matched = merge([{ k: 1 }], { whenMatched: 'fail' });
      expect((await failure(matched)).code).toBe(11000);
      const missing = merge([{ k: 1 }], { whenNotMatched: 'fail' });
      expect((await failure(missing)).code).toBe(13113);
    });

    test('needs a unique index on its fields, and values in them', { fails }, async () => {
      const target = await filled(connected(), [{ k: 1 }]);
      const source = await filled(connected(), [{ k: 1 }]);
      const into = { into: target.collectionName, on: 'k' };
      expect((await failure(source.aggregate([{ $merge: into }]).toArray())).code).toBe(51183);
      await target.createIndex({ k: 1 }, { unique: true });
      const without = [{ $project: { _id: 0, x: 1 } }, { $merge: into }];
      expect((await failure(source.aggregate(without).toArray())).code).toBe(51132);
    });

    test('by _id, into a collection that is not there yet', async () => {
      const source = await filled(connected(), [{ n: 1 }]);
      const name = `${source.collectionName}_merged`;
      await source.aggregate([{ $merge: name }]).toArray();
      await source.aggregate([{ $set: { m: 2 } }, { $merge: name }]).toArray();
      expect(await all(connected().collection(name) as unknown as AnyCollection)).toEqual([
        { _id: 1, n: 1, m: 2 },
      ]);
    });
  });
}
