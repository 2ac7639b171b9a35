import { mongo } from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Connected } from './conformance.ts';
import { failure, filled } from './fixtures.ts';

const { ObjectId } = mongo;

/** Aggregation pipelines. */
export function aggregationCases(connected: Connected): void {
  describe('aggregation', () => {
    const run = async (
      documents: Record<string, unknown>[],
      pipeline: Record<string, unknown>[],
    ): Promise<unknown[]> => (await filled(connected(), documents)).aggregate(pipeline).toArray();

    test('$match, $group and $sort', async () => {
      const documents = [
        { s: 'a', n: 1 },
        { s: 'b', n: 2 },
        { s: 'a', n: 4 },
        { s: 'c', n: 9 },
      ];
      const grouped = await run(documents, [
        { $match: { n: { $lt: 9 } } },
        {
          $group: {
            _id: '$s',
            sum: { $sum: '$n' },
            avg: { $avg: '$n' },
            count: { $sum: 1 },
            all: { $push: '$n' },
          },
        },
        { $sort: { _id: 1 } },
      ]);
      expect(grouped).toEqual([
        { _id: 'a', sum: 5, avg: 2.5, count: 2, all: [1, 4] },
        { _id: 'b', sum: 2, avg: 2, count: 1, all: [2] },
      ]);
    });

    test('grouping by ObjectId and by date parts', async () => {
      const id = new ObjectId();
      const day = new Date('2026-03-04T05:06:07Z');
      const documents = [
        { o: id, d: day },
        { o: new ObjectId(id.toHexString()), d: day },
        { o: new ObjectId(), d: day },
      ];
      const counts = await run(documents, [{ $group: { _id: '$o', n: { $sum: 1 } } }, { $sort: { n: -1 } }]);
      expect(counts[0]).toEqual({ _id: id, n: 2 });
      const days = await run(documents, [
        { $group: { _id: { $dateToString: { format: '%Y-%m-%d', date: '$d' } }, n: { $sum: 1 } } },
      ]);
      expect(days).toEqual([{ _id: '2026-03-04', n: 3 }]);
    });

    test('stages in a row keep their order', async () => {
      const documents = [{ n: 3 }, { n: 1 }, { n: 2 }, { n: 4 }];
      expect(
        await run(documents, [{ $limit: 3 }, { $sort: { n: 1 } }, { $project: { _id: 0, n: 1 } }]),
      ).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
      expect(await run(documents, [{ $sort: { n: -1 } }, { $skip: 1 }, { $limit: 1 }])).toEqual([
        { _id: 1, n: 3 },
      ]);
      expect(await run(documents, [{ $skip: 1 }, { $match: { n: { $gt: 1 } } }, { $count: 'n' }])).toEqual([
        { n: 2 },
      ]);
    });

    test('$unwind, $addFields, $facet', async () => {
      const documents = [{ t: ['x', 'y'] }, { t: ['x'] }];
      const result = await run(documents, [
        { $unwind: '$t' },
        { $addFields: { up: { $toUpper: '$t' } } },
        { $facet: { total: [{ $count: 'n' }], tags: [{ $sortByCount: '$up' }] } },
      ]);
      expect(result).toEqual([
        {
          total: [{ n: 3 }],
          tags: [
            { _id: 'X', count: 2 },
            { _id: 'Y', count: 1 },
          ],
        },
      ]);
    });

    test('$lookup joins another collection', async () => {
      const owner = new ObjectId();
      const owners = await filled(connected(), [{ _id: owner, name: 'o' }]);
      const things = await filled(connected(), [{ owner }, { owner: new ObjectId() }]);
      const from = owners.collectionName;
      const joined = await things
        .aggregate([
          { $lookup: { from, localField: 'owner', foreignField: '_id', as: 'owners' } },
          { $sort: { _id: 1 } },
          { $project: { 'owners.name': 1 } },
        ])
        .toArray();
      expect(joined).toEqual([
        { _id: 1, owners: [{ name: 'o' }] },
        { _id: 2, owners: [] },
      ]);
      const withPipeline = await things
        .aggregate([
          {
            $lookup: {
              from,
              let: { id: '$owner' },
              pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$id'] } } }],
              as: 'o',
            },
          },
          { $match: { o: { $ne: [] } } },
          { $count: 'n' },
        ])
        .toArray();
      expect(withPipeline).toEqual([{ n: 1 }]);
    });

    test('an unknown stage is refused', async () => {
      const collection = await filled(connected(), [{ a: 1 }]);
      await failure(collection.aggregate([{ $nope: {} }]).toArray());
    });
  });
}
