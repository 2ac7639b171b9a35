import { mongo } from 'mongoose';
import { expect, onTestFinished, test } from 'vitest';
import { bytesOf, empty, oddDesk } from '../../testing/odd-desk.ts';
import { change, DB_SCRIPT, desk } from '../../testing/small-desk.ts';
import { check } from '../check.ts';
import { createProgress } from '../progress.ts';
import { copy } from './copy.ts';
import { embeddedSource } from './embedded-source.ts';
import { embeddedTarget } from './embedded-target.ts';
import { mongodbStore } from './mongodb-store.ts';

const SILENT = createProgress({ write: () => undefined });
const uri = process.env['TEST_MONGODB_URI'];

/** A database of its own on the server, gone after the test. */
function serverUri(): string {
  const url = new URL(uri ?? '');
  url.pathname = `/copy_${process.pid}_${Date.now()}`;
  onTestFinished(async () => {
    const client = await new mongo.MongoClient(url.href).connect();
    await client.db().dropDatabase();
    await client.close();
  });
  return url.href;
}

test.skipIf(uri === undefined)('to a server and back again it is the same, byte for byte', async () => {
  const from = await oddDesk();
  const server = await mongodbStore(serverUri());
  const source = embeddedSource(from);
  expect(await copy(source, server, SILENT)).toMatchObject({ documents: 68 });
  await expect(copy(source, server, SILENT)).rejects.toThrow(/holds data already/);
  await source.close();
  const to = empty();
  const target = embeddedTarget(to);
  expect(await copy(server, target, SILENT)).toMatchObject({ documents: 68 });
  await target.close();
  await server.close();
  expect(bytesOf(to)).toEqual(bytesOf(from));
  expect(await check(to)).toEqual([]);
});

test.skipIf(uri === undefined)(
  'killed in its middle and called again it is whole',
  async () => {
    const from = await desk();
    await change(from, 'users', (users) =>
      users.insertMany(Array.from({ length: 3000 }, (_, n) => ({ _id: 1000 + n, email: `late${n}` }))),
    );
    const to = serverUri();
    const run = () =>
      Bun.spawn([process.execPath, DB_SCRIPT, 'copy', '--to', to], {
        env: { ...process.env, DATA_DIR: from.path },
        stdout: 'pipe',
        stderr: 'ignore',
      });
    const first = run();
    const server = await mongodbStore(to);
    await expect
      .poll(async () => (await server.loadState())?.collection === 'users', { interval: 5 })
      .toBe(true);
    first.kill('SIGKILL');
    await first.exited;
    expect(await server.loadState()).toMatchObject({ collection: 'users' });
    const second = run();
    expect(await new Response(second.stdout).text()).toContain('going on from where an earlier run stopped');
    expect(await second.exited).toBe(0);
    const counts = (await server.collections()).map(({ name, count }) => [name, count]);
    expect(counts).toEqual([
      ['chats', 5],
      ['messages', 15],
      ['users', 3040],
    ]);
    await server.close();
  },
  60_000,
);
