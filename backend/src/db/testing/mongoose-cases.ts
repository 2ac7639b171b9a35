import mongoose, { Schema } from 'mongoose';
import type { Model } from 'mongoose';
import { describe, expect, test } from 'vitest';
import type { Connected } from './conformance.ts';
import { failure } from './fixtures.ts';

let counter = 0;

/** A model under a name that no other test uses. */
function model<T>(connected: Connected, schema: Schema<T>): Model<T> {
  counter += 1;
  return connected().model<T>(`Model${counter}`, schema);
}

/** What Mongoose itself builds on the driver. */
export function mongooseCases(connected: Connected): void {
  describe('mongoose', () => {
    test('save, change, version key and timestamps', async () => {
      const schema = new Schema({ name: String, tags: [String], inner: { n: Number } }, { timestamps: true });
      const Thing = model(connected, schema);
      const thing = await Thing.create({ name: 'a', tags: ['x', 'y'] });
      expect(thing.createdAt).toBeInstanceOf(Date);
      thing.set('name', 'b');
      thing.tags.push('z');
      thing.set('inner.n', 3);
      await thing.save();
      const found = await Thing.findById(thing._id).orFail();
      expect(found.toObject()).toMatchObject({ name: 'b', tags: ['x', 'y', 'z'], inner: { n: 3 }, __v: 1 });
      expect(found.updatedAt.getTime()).toBeGreaterThanOrEqual(found.createdAt.getTime());
      found.set('name', undefined);
      await found.save();
      expect(await Thing.findById(thing._id).lean()).not.toHaveProperty('name');
      await found.deleteOne();
      expect(await Thing.exists({ _id: thing._id })).toBeNull();
    });

    test('undefined is not stored', async () => {
      const Thing = model(connected, new Schema({ a: String, b: String }));
      const { _id } = await Thing.create({ a: 'x', b: undefined });
      expect(Object.keys((await Thing.findById(_id).lean().orFail()) as object)).not.toContain('b');
    });

    test('a document that changed meanwhile is a VersionError', async () => {
      const Thing = model(connected, new Schema({ tags: [String] }, { optimisticConcurrency: true }));
      const first = await Thing.create({ tags: ['a'] });
      const second = await Thing.findById(first._id).orFail();
      first.tags.push('b');
      await first.save();
      second.tags.push('c');
      await expect(second.save()).rejects.toThrow(mongoose.Error.VersionError);
    });

    test('populate, of one and of many', async () => {
      const owners = new Schema({ name: String });
      const Owner = model(connected, owners);
      const refs = { type: Schema.Types.ObjectId, ref: Owner.modelName };
      const Thing = model(connected, new Schema({ owner: refs, others: [refs] }));
      const [a, b] = await Owner.create([{ name: 'a' }, { name: 'b' }]);
      const { _id } = await Thing.create({ owner: a?._id, others: [b?._id, a?._id] });
      const found = await Thing.findById(_id).populate(['owner', 'others']).lean().orFail();
      expect(found).toMatchObject({ owner: { name: 'a' }, others: [{ name: 'b' }, { name: 'a' }] });
    });

    test('discriminators live in one collection', async () => {
      const Ticket = model(connected, new Schema({ subject: String }));
      const Enhanced = Ticket.discriminator(`${Ticket.modelName}Enhanced`, new Schema({ due: Date }));
      await Ticket.create({ subject: 'plain' });
      await Enhanced.create({ subject: 'more', due: new Date(0) });
      expect(await Ticket.countDocuments()).toBe(2);
      const [enhanced] = await Enhanced.find().lean();
      expect(enhanced).toMatchObject({ subject: 'more', due: new Date(0) });
      expect(await Ticket.findOne({ subject: 'more' })).toBeInstanceOf(Enhanced);
    });

    test('every schema type comes back', async () => {
      const schema = new Schema({
        amount: Schema.Types.Decimal128,
        big: BigInt,
        bytes: Buffer,
        map: { type: Map, of: Number },
        mixed: Schema.Types.Mixed,
        uuid: Schema.Types.UUID,
        int: Schema.Types.Int32,
        double: Schema.Types.Double,
        nested: [new Schema({ x: Number })],
      });
      const Thing = model(connected, schema);
      const { _id } = await Thing.create({
        amount: '1.50',
        big: 9007199254740993n,
        bytes: Buffer.from('hello'),
        map: { a: 1 },
        mixed: { any: ['thing', null] },
        uuid: '01234567-89ab-4def-8123-456789abcdef',
        int: 4,
        double: 4,
        nested: [{ x: 1 }],
      });
      const found = await Thing.findById(_id).orFail();
      expect(String(found.amount)).toBe('1.50');
      expect(found.big).toBe(9007199254740993n);
      expect(String(found.bytes)).toBe('hello');
      expect(found.map?.get('a')).toBe(1);
      expect(found.mixed).toEqual({ any: ['thing', null] });
      expect(String(found.uuid)).toBe('01234567-89ab-4def-8123-456789abcdef');
      expect(found.nested[0]?.x).toBe(1);
      expect(await Thing.countDocuments({ _id, int: 4, uuid: found.uuid })).toBe(1);
    });

    test('a unique index of a schema', async () => {
      const schema = new Schema({ email: { type: String, unique: true, lowercase: true } });
      const User = model(connected, schema);
      await User.ensureIndexes();
      await User.create({ email: 'A@x.org' });
      const error = await failure(User.create({ email: 'a@x.org' }));
      expect(error).toMatchObject({ code: 11000, keyValue: { email: 'a@x.org' } });
      await User.syncIndexes();
    });

    test('cursors, insertMany, bulkWrite, updateMany, distinct', async () => {
      const Thing = model(connected, new Schema({ n: Number, s: String }, { timestamps: true }));
      await Thing.insertMany(Array.from({ length: 250 }, (_, n) => ({ n, s: n % 2 ? 'odd' : 'even' })));
      let sum = 0;
      for await (const thing of Thing.find({ s: 'odd' }).cursor({ batchSize: 10 })) sum += thing.n ?? 0;
      expect(sum).toBe(15_625);
      await Thing.bulkWrite([
        { insertOne: { document: { n: 1000, s: 'new' } } },
        { updateOne: { filter: { n: 0 }, update: { s: 'zero' } } },
      ]);
      expect((await Thing.distinct('s')).sort()).toEqual(['even', 'new', 'odd', 'zero']);
      const { modifiedCount } = await Thing.updateMany({ s: 'even' }, { $set: { s: 'flat' } });
      expect(modifiedCount).toBe(124);
      expect((await Thing.aggregate([{ $match: { s: 'flat' } }, { $count: 'n' }]))[0]).toEqual({ n: 124 });
    });

    test('an upsert with defaults and timestamps', async () => {
      const Thing = model(
        connected,
        new Schema({ k: String, n: { type: Number, default: 7 } }, { timestamps: true }),
      );
      const options = { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true } as const;
      const made = await Thing.findOneAndUpdate({ k: 'a' }, { $set: { k: 'a' } }, options).orFail();
      expect(made).toMatchObject({ k: 'a', n: 7 });
      expect(made.createdAt).toBeInstanceOf(Date);
    });

    test('a transaction resets documents that it did not keep', async () => {
      const Thing = model(connected, new Schema({ n: Number }));
      await Thing.createCollection();
      const thing = new Thing({ n: 1 });
      const failing = connected().transaction(async (session) => {
        await thing.save({ session });
        expect(thing.isNew).toBe(false);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(thing.isNew).toBe(true);
      await connected().transaction(async (session) => {
        await thing.save({ session });
        await Thing.create([{ n: 2 }], { session });
      });
      expect(await Thing.countDocuments()).toBe(2);
    });

    test('filters from outside cannot bring operators, unknown paths are errors', async () => {
      const Thing = model(connected, new Schema({ secret: String }));
      await Thing.create({ secret: 'x' });
      const smuggled = { secret: { $ne: '' } };
      await expect(Thing.findOne(smuggled)).rejects.toThrow(mongoose.Error.CastError);
      expect(await Thing.countDocuments({ secret: mongoose.trusted({ $ne: '' }) })).toBe(1);
      await expect(Thing.findOne({ other: 1 } as never)).rejects.toThrow(/strictQuery/);
    });
  });
}
