import { utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChat, createVisitor, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { filesIn, png, upload } from '../../testing/uploads.ts';
import { releaseAttachments, sweepUploads } from './index.ts';

const DAY = 24 * 60 * 60 * 1000;
let clock = Date.now();
let server: TestServer;
let visitor: Person;

beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(clock) });
  visitor = await createVisitor(server.url);
});
afterAll(() => stopTestServer(server));

const sweep = () => sweepUploads(server.features.attachments);
async function uploaded(bytes: Uint8Array<ArrayBuffer> | string): Promise<string> {
  return String((await upload(server.url, visitor.token, { bytes, name: 'file' })).data['id']);
}
const statusOf = async (id: string) =>
  (await rest(server.url, `GET /api/uploads/${id}`, { token: visitor.token })).status;

test('what no message names goes after a day with its thumbnail; what one names stays until that is deleted', async () => {
  const chatId = await createChat(server.url, visitor);
  const [unused, used] = [await uploaded(png(20, 20)), await uploaded('kept')];
  const { data } = await rest(server.url, `POST /api/chats/${chatId}/messages`, {
    token: visitor.token,
    body: { message: '', attachments: [used] },
  });
  clock += DAY - 1_000;
  await sweep();
  expect(await statusOf(unused)).toBe(200);
  clock += 2_000;
  await sweep();
  expect([await statusOf(unused), await statusOf(used)]).toEqual([404, 200]);
  expect(filesIn(server.dataDir)).toHaveLength(1);

  const { messages, connection } = server.features.chat;
  const message = await messages.findById(data['id']).lean();
  if (!message) throw new Error('the message is stored');
  await connection.transaction((session) =>
    releaseAttachments(server.features.attachments, session, message._id),
  );
  expect(await statusOf(used)).toBe(404);
  await sweep();
  expect(filesIn(server.dataDir)).toEqual([]);
});

test('files that a killed server left behind go when they are a day old; what still arrives does not', async () => {
  const folder = join(server.dataDir, 'uploads', 'ab');
  await mkdir(folder, { recursive: true });
  const names = ['abandoned', 'abandoned.webp', 'arriving'];
  for (const name of names) await writeFile(join(folder, name), 'half');
  const kept = await uploaded(png(10, 10));
  for (const name of names) utimesSync(join(folder, name), clock / 1000, clock / 1000);
  utimesSync(join(folder, 'abandoned'), clock / 1000 - 90_000, clock / 1000 - 90_000);
  utimesSync(join(folder, 'abandoned.webp'), clock / 1000 - 90_000, clock / 1000 - 90_000);
  await sweep();
  expect(filesIn(server.dataDir)).toHaveLength(3);
  expect(filesIn(server.dataDir)).toContain('arriving');
  expect(await statusOf(kept)).toBe(200);
});
