import { describe, expect, test } from 'vitest';
import type { Connected } from './conformance.ts';
import { failure, filled } from './fixtures.ts';

/** Sessions and transactions. */
export function transactionCases(connected: Connected): void {
  describe('transactions', () => {
    test('commit keeps everything and returns what the function returned', async () => {
      const collection = await filled(connected(), [{ n: 0 }]);
      const result = await connected().transaction(async (session) => {
        await collection.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
        await collection.insertOne({ _id: 2 }, { session });
        return 'done';
      });
      expect(result).toBe('done');
      expect(await collection.countDocuments()).toBe(2);
    });

    test('an error leaves nothing', async () => {
      const collection = await filled(connected(), [{ n: 0 }]);
      const failing = connected().transaction(async (session) => {
        await collection.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
        await collection.insertOne({ _id: 2 }, { session });
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await collection.find().toArray()).toEqual([{ _id: 1, n: 0 }]);
    });

    test('it sees its own writes, others see what is committed', async () => {
      const collection = await filled(connected(), [{ n: 0 }]);
      await connected().transaction(async (session) => {
        await collection.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
        await collection.insertOne({ _id: 2 }, { session });
        expect(await collection.find({}, { session }).toArray()).toHaveLength(2);
        expect(await collection.countDocuments({ n: 1 }, { session })).toBe(1);
        expect(await collection.find().toArray()).toEqual([{ _id: 1, n: 0 }]);
        expect(await collection.findOne({ _id: 2 })).toBeNull();
      });
      expect(await collection.findOne({ _id: 1 })).toEqual({ _id: 1, n: 1 });
    });

    test('abort by hand', async () => {
      const collection = await filled(connected(), [{ n: 0 }]);
      const session = await connected().startSession();
      session.startTransaction();
      expect(session.inTransaction()).toBe(true);
      await collection.deleteMany({}, { session });
      await session.abortTransaction();
      expect(session.inTransaction()).toBe(false);
      await session.endSession();
      expect(await collection.countDocuments()).toBe(1);
    });

    test('commit by hand', async () => {
      const collection = await filled(connected(), [{ n: 0 }]);
      const session = await connected().startSession();
      session.startTransaction();
      await collection.deleteMany({}, { session });
      await session.commitTransaction();
      await session.endSession();
      expect(await collection.countDocuments()).toBe(0);
    });

    test('ending a session aborts what is open', async () => {
      const collection = await filled(connected(), [{ n: 0 }]);
      const session = await connected().startSession();
      session.startTransaction();
      await collection.deleteMany({}, { session });
      await session.endSession();
      expect(await collection.countDocuments()).toBe(1);
    });

    test('a failed write ends the transaction, even where its error was caught', async () => {
      const collection = await filled(connected(), [{ n: 0 }]);
      const session = await connected().startSession();
      session.startTransaction();
      await collection.insertOne({ _id: 2 }, { session });
      expect((await failure(collection.insertOne({ _id: 2 }, { session }))).code).toBe(11000);
      const gone = await failure(session.commitTransaction());
      expect(gone.hasErrorLabel('TransientTransactionError')).toBe(true);
      await session.endSession();
      expect(await collection.countDocuments()).toBe(1);
    });

    test('many at once number without gap or double', async () => {
      const chats = await filled(connected(), [{ last: 0 }]);
      const messages = await filled(connected());
      await messages.createIndex({ seq: 1 }, { unique: true });
      const send = async (text: number): Promise<void> => {
        await connected().transaction(async (session) => {
          const options = { session, returnDocument: 'after' } as const;
          const chat = await chats.findOneAndUpdate({ _id: 1 }, { $inc: { last: 1 } }, options);
          if (text % 5 === 0) throw new Error('changed my mind');
          await messages.insertOne({ _id: text, seq: chat?.['last'] }, { session });
        });
      };
      const results = await Promise.allSettled(Array.from({ length: 25 }, (_, text) => send(text)));
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(5);
      const seqs = (await messages.find().sort({ seq: 1 }).toArray()).map((message) => message['seq']);
      expect(seqs).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
      expect((await chats.findOne({}))?.['last']).toBe(20);
    });
  });
}
