import { expect, test } from 'vitest';
import { connectDatabase } from '../../connect.ts';
import { sqliteOf } from '../../testing/embedded.ts';
import { embeddedDatabase, filled, temporaryFolder } from '../../testing/fixtures.ts';
import type { AnyCollection } from '../../testing/fixtures.ts';

test('commits are synchronous, in a write-ahead log', async () => {
  const { connection, close } = await embeddedDatabase();
  const { writer, reader } = sqliteOf(connection);
  for (const db of [writer, reader]) {
    const pragma = (name: string): unknown => Object.values(db.query(`PRAGMA ${name}`).get() ?? {})[0];
    expect(pragma('journal_mode')).toBe('wal');
    // 2 is FULL: the log is on the disk before COMMIT returns.
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('busy_timeout') ?? pragma('timeout')).toBeGreaterThan(0);
  }
  expect(() => reader.run('DELETE FROM _collections')).toThrow(/readonly/);
  await close();
});

/** Runs the writer until it acknowledged enough, kills it, and gives out what it acknowledged. */
async function writeAndKill(dataDir: string, acknowledgements: number): Promise<string[]> {
  const script = new URL('../../testing/crash-writer.ts', import.meta.url).pathname;
  const child = Bun.spawn([process.execPath, script, dataDir], { stdout: 'pipe', stderr: 'inherit' });
  const lines: string[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    // What is cut off at the end was not said.
    rest = parts.pop() ?? '';
    lines.push(...parts);
    if (lines.length >= acknowledgements) child.kill('SIGKILL');
  }
  await child.exited;
  expect(child.signalCode).toBe('SIGKILL');
  return lines;
}

test('kill -9 loses nothing that was acknowledged, and does not block the next start', async () => {
  const folder = temporaryFolder();
  const acknowledged: string[] = [];
  for (const count of [300, 1500]) acknowledged.push(...(await writeAndKill(folder.path, count)));

  const database = await connectDatabase({ dataDir: folder.path });
  const all = (name: string): Promise<Record<string, unknown>[]> =>
    (database.connection.collection(name) as unknown as AnyCollection).find({}).toArray();
  const singles = new Set((await all('singles')).map(({ _id }) => `single ${String(_id)}`));
  const seqs = (await all('messages')).map(({ seq }) => Number(seq)).sort((a, b) => a - b);
  const messages = new Set(seqs.map((seq) => `message ${seq}`));
  const lost = acknowledged.filter((line) => line !== 'ready' && !singles.has(line) && !messages.has(line));
  expect(lost).toEqual([]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(1800);
  // Counter and messages were written in one transaction: none of them is ahead.
  expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  expect((await all('chats'))[0]?.['last']).toBe(seqs.length);
  expect(sqliteOf(database.connection).writer.query('PRAGMA integrity_check').values()).toEqual([['ok']]);
  await database.close();
  folder.remove();
});

test('what was closed is there when it is opened again, indexes too', async () => {
  const folder = temporaryFolder();
  const first = await connectDatabase({ dataDir: folder.path });
  const collection = first.connection.collection('things') as unknown as AnyCollection;
  await collection.createIndex({ a: 1 }, { unique: true, partialFilterExpression: { a: { $exists: true } } });
  await collection.insertMany([{ _id: 1, a: [1, 2] }, { _id: 2 }]);
  await first.close();
  const second = await connectDatabase({ dataDir: folder.path });
  const again = second.connection.collection('things') as unknown as AnyCollection;
  expect(await again.find({ a: 2 }).explain()).toMatchObject({
    queryPlanner: { winningPlan: { stage: 'IXSCAN', indexName: 'a_1', isMultiKey: true } },
  });
  await expect(again.insertOne({ a: 2 })).rejects.toThrow(/E11000/);
  await second.close();
  folder.remove();
});

test('a full disk refuses every write of the group, and room lets writing go on', async () => {
  const { connection, close } = await embeddedDatabase();
  const collection = await filled(connection, [{ n: 0 }]);
  const { writer } = sqliteOf(connection);
  const pages = Number(Object.values(writer.query('PRAGMA page_count').get() ?? {})[0]);
  writer.run(`PRAGMA max_page_count = ${pages + 4}`);
  const text = 'x'.repeat(2000);
  const small = collection.updateOne({ _id: 1 }, { $set: { n: 1 } });
  const many = Array.from({ length: 50 }, (_, at) => collection.insertOne({ _id: 10 + at, text }));
  const results = await Promise.allSettled([small, ...many]);
  const stored = await collection.find({}).toArray();
  const accepted = results.filter(({ status }) => status === 'fulfilled').length;
  const refused = results.find(({ status }) => status === 'rejected');
  expect(refused).toMatchObject({ reason: { code: 14031, name: 'MongoServerError' } });
  // Acknowledged is stored, refused is not: the update counts by its value.
  const isUpdated = stored.find(({ _id }) => _id === 1)?.['n'] === 1 ? 1 : 0;
  expect(stored.length - 1 + isUpdated).toBe(accepted);
  expect(accepted).toBeLessThan(results.length);

  const failing = connection.transaction(async (session) => {
    await collection.updateOne({ _id: 1 }, { $set: { n: 2 } }, { session });
    for (let at = 0; at < 50; at++) await collection.insertOne({ _id: 100 + at, text }, { session });
  });
  await expect(failing).rejects.toMatchObject({ code: 14031 });
  expect(await collection.find({}).toArray()).toEqual(stored);

  writer.run('PRAGMA max_page_count = 100000');
  await Promise.all(Array.from({ length: 20 }, (_, at) => collection.insertOne({ _id: 200 + at, text })));
  expect(await collection.countDocuments({ _id: { $gte: 200 } })).toBe(20);
  await close();
});
