import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { check } from './db/care/check.ts';
import { dataFolder } from './db/care/data-folder.ts';
import { readArchive } from './db/care/read-archive.ts';
import { restore } from './db/care/restore.ts';
import { SCHEMA_VERSION } from './db/migrations/migrations.ts';
import { change, place } from './db/testing/small-desk.ts';
import { readEnv } from './env.ts';
import { createLogger } from './lib/log.ts';
import { startServer } from './server.ts';
import { createVisitor, loginAdmin } from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { ADMIN } from './testing/start-test-server.ts';

/** A backup of data of version 1, as that program wrote it (`db/testing/make-fixture.ts`). */
const OLD = fileURLToPath(new URL('db/testing/schema-version-1.tar.gz', import.meta.url));

function start(dataDir: string) {
  const variables = { PORT: '0', ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password };
  const env = readEnv({ NODE_ENV: 'test', DATA_DIR: dataDir, ...variables });
  return startServer(env, createLogger('silent'));
}

test('data of version 1 is backed up, migrated and served, and everybody finds what was theirs', async () => {
  const data = dataFolder(join(place(), 'data'));
  await restore(data, OLD, SCHEMA_VERSION);
  const reopenedAt = new Date('2026-02-03T04:05:06Z');
  const wasReopened = { customerName: 'Waiting Walter' };
  await change(data, 'chats', (all) => all.updateOne(wasReopened, { $set: { reopenedAt } }));
  const server = await start(data.path);
  onTestFinished(() => server.stop());

  const admin = await loginAdmin(server.url);
  const { list } = await rest(server.url, 'GET /api/chats', { token: admin.token });
  expect(
    list.map(({ customer, lastSeq }) => [(customer as { name: string }).name, lastSeq]).toSorted(),
  ).toEqual([
    ['Carla', 4],
    ['Waiting Walter', 2],
    ['Émile', 3],
  ]);
  const { chats, messages } = server.features.chat;
  for (const chat of await chats.find().lean()) {
    const answer = await messages.findOne({ chatId: chat._id, sender: 'agent' }).sort({ seq: 1 }).lean();
    expect(chat.firstResponseAt).toEqual(answer?.createdAt);
    expect('firstResponseAt' in chat).toBe(answer !== null);
    expect(chat.queuedAt).toEqual(chat.reopenedAt ?? chat.createdAt);
  }
  expect(await chats.findOne(wasReopened).lean()).toMatchObject({ queuedAt: reopenedAt });
  const indexes = (await chats.collection.indexes()).map(({ name }) => name);
  expect(indexes).toContain('status_1_departmentId_1_queuedAt_1');
  expect(indexes).not.toContain('status_1_departmentId_1_createdAt_1');
  const visitor = await createVisitor(server.url);
  const opened = await rest(server.url, 'POST /api/chats', {
    token: visitor.token,
    body: { name: 'New Nora', message: 'Hello?' },
  });
  expect(opened.status).toBe(201);

  const [file = ''] = readdirSync(data.backups);
  expect(await readArchive(join(data.backups, file))).toMatchObject({
    schemaVersion: 1,
    counts: { chats: 3 },
  });
  expect(await check(data)).toEqual([]);
}, 60_000);

test('a second start migrates nothing, and data of a newer program is refused in one line', async () => {
  const data = dataFolder(join(place(), 'data'));
  await restore(data, OLD, SCHEMA_VERSION);
  for (let time = 0; time < 2; time++) await (await start(data.path)).stop();
  expect(readdirSync(data.backups)).toHaveLength(1);
  await change(data, 'installations', (all) =>
    all.updateOne({ _id: 'installation' }, { $set: { schemaVersion: 99 } }),
  );
  await expect(start(data.path)).rejects.toThrow(
    /^The data has version 99, this program knows up to [^\n]+$/,
  );
});
