import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Connected } from './conformance.ts';
import { failure, filled } from './fixtures.ts';
import type { AnyCollection } from './fixtures.ts';

/** The less used of the driver's methods and options. */
export function surfaceCases(connected: Connected): void {
  describe('the rest of the surface', () => {
    type Schema = AnyCollection & {
      rename(to: string, options?: object): Promise<AnyCollection>;
      indexInformation(options?: object): Promise<unknown>;
      isCapped(): Promise<boolean>;
    };
    const schema = async (documents: Record<string, unknown>[]): Promise<Schema> =>
      (await filled(connected(), documents)) as Schema;

    test('rename keeps documents and indexes; dropTarget makes room', async () => {
      const collection = await schema([{ a: 1 }]);
      await collection.createIndex({ a: 1 }, { unique: true });
      const taken = await schema([{ b: 1 }]);
      expect((await failure(collection.rename(taken.collectionName))).code).toBe(48);
      const renamed = await collection.rename(taken.collectionName, { dropTarget: true });
      expect(await renamed.find().toArray()).toEqual([{ _id: 1, a: 1 }]);
      expect(await collection.countDocuments()).toBe(0);
      expect((await failure(renamed.insertOne({ a: 1 }))).code).toBe(11000);
      expect((await failure(collection.rename('nowhere'))).code).toBe(26);
    });

    test('what a collection says of itself', async () => {
      const collection = await schema([{ a: 1 }]);
      await collection.createIndex({ a: 1, b: -1 });
      expect(await collection.isCapped()).toBe(false);
      expect(await collection.indexInformation()).toEqual({
        _id_: [['_id', 1]],
        'a_1_b_-1': [
          ['a', 1],
          ['b', -1],
        ],
      });
      const { db } = connected();
      const listed = await db
        ?.listCollections({ name: collection.collectionName }, { nameOnly: true })
        .toArray();
      expect(listed).toEqual([{ name: collection.collectionName, type: 'collection' }]);
    });

    test('an aggregation is put together stage by stage, and streams', async () => {
      const collection = connected().collection(
        (await schema([{ a: 1 }, { a: 2 }, { a: 3 }])).collectionName,
      );
      const cursor = collection
        .aggregate([])
        .match({ a: { $gt: 1 } })
        .sort({ a: -1 })
        .project({ _id: 0 });
      expect(await cursor.clone().toArray()).toEqual([{ a: 3 }, { a: 2 }]);
      const found: unknown[] = [];
      for await (const document of cursor.stream()) found.push(document);
      expect(found).toEqual([{ a: 3 }, { a: 2 }]);
    });

    test('let gives variables to expressions in filters, projections and updates', async () => {
      const collection = await schema([{ a: 1 }, { a: 2 }]);
      const filter = { $expr: { $eq: ['$a', '$$wanted'] } };
      const options = { let: { wanted: 2 } };
      expect(await collection.findOne(filter, options)).toEqual({ _id: 2, a: 2 });
      await collection.updateOne(filter, [{ $set: { b: '$$wanted' } }], options);
      expect(
        await collection.findOneAndUpdate(
          filter,
          { $set: { c: 1 } },
          { ...options, returnDocument: 'after' },
        ),
      ).toEqual({
        _id: 2,
        a: 2,
        b: 2,
        c: 1,
      });
      expect((await collection.deleteMany(filter, options)).deletedCount).toBe(1);
    });

    test('the positional projection shows the element that was found', async () => {
      const collection = await schema([
        {
          l: [
            { k: 1, v: 'a' },
            { k: 2, v: 'b' },
          ],
          n: [5, 7, 9],
          o: 1,
        },
      ]);
      const found = async (filter: object, projection: object): Promise<unknown> =>
        collection.findOne(filter, { projection: { _id: 0, ...projection } });
      expect(await found({ 'l.k': 2 }, { 'l.$': 1 })).toEqual({ l: [{ k: 2, v: 'b' }] });
      expect(await found({ n: { $gt: 5 } }, { 'n.$': 1, o: 1 })).toEqual({ n: [7], o: 1 });
      expect(await found({ l: { $elemMatch: { k: 1 } } }, { 'l.$': 1 })).toEqual({ l: [{ k: 1, v: 'a' }] });
    });

    test('computed projections know the classes of numbers', async () => {
      const collection = await schema([{ d: new mongoose.mongo.Double(5), i: 5 }]);
      const projection = { _id: 0, types: [{ $type: '$d' }, { $type: '$i' }], half: { $divide: ['$i', 2] } };
      expect(await collection.findOne({}, { projection })).toEqual({ types: ['double', 'int'], half: 2.5 });
    });

    test('pipeline updates change no number’s class but those they calculate', async () => {
      const collection = await schema([
        { d: new mongoose.mongo.Double(5), l: mongoose.mongo.Long.fromInt(6) },
      ]);
      await collection.updateOne({}, [{ $set: { n: { $add: ['$d', 1] } } }]);
      const typed = { d: { $type: 'double' }, l: { $type: 'long' }, n: { $type: 'double' } };
      expect(await collection.countDocuments(typed)).toBe(1);
    });

    test('options that are for Mongoose do no harm', async () => {
      const Thing = connected().model(
        `Thing${(await schema([])).collectionName}`,
        new mongoose.Schema({ n: Number, s: String }, { timestamps: true }),
      );
      const raw = await Thing.insertMany([{ n: 1 }, { n: 2 }], { ordered: false, rawResult: true, limit: 1 });
      expect(raw.insertedCount).toBe(2);
      await Thing.insertMany([{ n: 3 }], { lean: true, throwOnValidationError: true });
      await Thing.bulkWrite([{ updateOne: { filter: { n: 3 }, update: { s: 'x' }, timestamps: false } }], {
        strict: true,
        throwOnValidationError: true,
        ordered: false,
      });
      const query = Thing.findOne({ n: 3 }, null, { strictQuery: true, readConcern: { level: 'majority' } });
      expect((await query.read('primaryPreferred').comment('why').maxTimeMS(5000).lean())?.s).toBe('x');
      const updated = await Thing.findOneAndUpdate(
        { n: 9 },
        { s: 'y' },
        {
          upsert: true,
          new: true,
          runValidators: true,
          setDefaultsOnInsert: true,
          includeResultMetadata: true,
        },
      );
      expect(updated.lastErrorObject?.['updatedExisting']).toBe(false);
      expect(await Thing.countDocuments({}, { maxTimeMS: 5000 })).toBe(4);
      expect(await Thing.distinct('s')).toEqual(['x', 'y']);
      await Thing.deleteMany({}, { writeConcern: { w: 'majority', j: true } });
    });

    test('transactions take the concerns that hold', async () => {
      const collection = await schema([{ a: 1 }]);
      const session = await connected().startSession({
        causalConsistency: true,
        defaultTransactionOptions: { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } },
      });
      await session.withTransaction(() => collection.updateOne({}, { $set: { a: 2 } }, { session }), {
        readPreference: 'primary',
      });
      expect(await collection.findOne({})).toEqual({ _id: 1, a: 2 });
      expect(session.equals(session)).toBe(true);
      await session.endSession();
    });
  });
}
