import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestConnection } from '../../testing/conformance.ts';
import { embeddedDatabase, failure, filled } from '../../testing/fixtures.ts';

let opened: TestConnection;
beforeEach(async () => {
  opened = await embeddedDatabase();
});
afterEach(() => opened.close());

test('other writers wait for an open transaction, readers do not', async () => {
  const collection = await filled(opened.connection, [{ n: 0 }]);
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const transaction = opened.connection.transaction(async (session) => {
    await collection.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    entered.resolve();
    await gate.promise;
    order.push('transaction');
  });
  await entered.promise;
  const write = collection.updateOne({ _id: 1 }, { $inc: { n: 10 } }).then(() => order.push('write'));
  expect(await collection.findOne({})).toEqual({ _id: 1, n: 0 });
  gate.resolve();
  await Promise.all([transaction, write]);
  expect(order).toEqual(['transaction', 'write']);
  expect(await collection.findOne({})).toEqual({ _id: 1, n: 11 });
});

test('a collection and an index made in a transaction are seen by others after the commit only', async () => {
  const collection = await filled(opened.connection);
  await opened.connection.transaction(async (session) => {
    await collection.insertOne({ _id: 1, a: 1 }, { session });
    await collection.createIndex({ a: 1 }, { session });
    expect(await collection.findOne({ a: 1 }, { session })).toEqual({ _id: 1, a: 1 });
    expect(await collection.find({ a: 1 }).toArray()).toEqual([]);
  });
  expect(await collection.find({ a: 1 }).toArray()).toHaveLength(1);
});

test('a collection made in an aborted transaction is gone, and can be made afterwards', async () => {
  const collection = await filled(opened.connection);
  const failing = opened.connection.transaction(async (session) => {
    await collection.insertOne({ _id: 1 }, { session });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await collection.countDocuments()).toBe(0);
  await collection.insertOne({ _id: 1 });
  expect(await collection.countDocuments()).toBe(1);
});

test('a transaction that is left open is aborted, and others go on', async () => {
  await opened.close();
  opened = await embeddedDatabase({ transactionTime: 300 });
  const collection = await filled(opened.connection, [{ n: 0 }]);
  const session = await opened.connection.startSession();
  session.startTransaction();
  await collection.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
  // Waits until the limit of 300 ms took the writer back.
  await collection.updateOne({ _id: 1 }, { $set: { m: 1 } });
  const error = await failure(session.commitTransaction());
  expect(error.hasErrorLabel('TransientTransactionError')).toBe(true);
  await session.endSession();
  expect(await collection.findOne({})).toEqual({ _id: 1, n: 0, m: 1 });
});

test('a write without the session inside a transaction is refused, instead of waiting for itself', async () => {
  const collection = await filled(opened.connection, [{ n: 0 }]);
  const failing = opened.connection.transaction(async (session) => {
    await collection.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
    await collection.updateOne({ _id: 1 }, { $set: { n: 2 } });
  });
  expect((await failure(failing)).code).toBe(263);
  expect(await collection.findOne({})).toEqual({ _id: 1, n: 0 });
});

test('a transaction that may help again is tried again', async () => {
  const collection = await filled(opened.connection, [{ n: 0 }]);
  let tries = 0;
  await opened.connection.transaction(async (session) => {
    tries += 1;
    await collection.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    if (tries === 1) {
      const again = await failure(collection.insertOne({ _id: 1 }, { session }));
      expect(again.code).toBe(11000);
      // The transaction is gone: this throws the error that asks for another try.
      await collection.findOne({}, { session });
    }
  });
  expect(tries).toBe(2);
  expect(await collection.findOne({})).toEqual({ _id: 1, n: 1 });
});

test('a cursor in a transaction reads what the transaction wrote, batch after batch', async () => {
  const collection = await filled(
    opened.connection,
    Array.from({ length: 20 }, (_, n) => ({ n })),
  );
  await opened.connection.transaction(async (session) => {
    await collection.updateMany({}, { $set: { mark: 1 } }, { session });
    let seen = 0;
    for await (const document of collection.find({}, { session, batchSize: 3 }))
      seen += Number(document['mark']);
    expect(seen).toBe(20);
  });
});

test('what was acknowledged is read at once, however many reads share a snapshot', async () => {
  const collection = await filled(opened.connection);
  const writeAndRead = async (_: unknown, writer: number): Promise<void> => {
    for (let n = 0; n < 40; n++) {
      const _id = `${writer} ${n}`;
      expect(await collection.findOne({ _id })).toBeNull();
      await collection.insertOne({ _id });
      expect(await collection.findOne({ _id })).toEqual({ _id });
    }
  };
  await Promise.all(Array.from({ length: 16 }, writeAndRead));
  expect(await collection.countDocuments()).toBe(16 * 40);
});
