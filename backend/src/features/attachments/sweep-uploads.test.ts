import { utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChat, createVisitor, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { filesIn, png, upload } from '../../testing/uploads.ts';
import { sweepUploads } from './index.ts';

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

/** A message with this attachment; its path. */
async function sent(chatId: string, id: string): Promise<string> {
  const body = { message: '', attachments: [id] };
  const path = `/api/chats/${chatId}/messages`;
  const { data } = await rest(server.url, `POST ${path}`, { token: visitor.token, body });
  return `${path}/${data['id']}`;
}

test('what no message names goes after a day, with its thumbnail; what one names stays', async () => {
  const chatId = await createChat(server.url, visitor);
  const [unused, used] = [await uploaded(png(20, 20)), await uploaded('kept')];
  await sent(chatId, used);
  clock += DAY - 1_000;
  await sweep();
  expect(await statusOf(unused)).toBe(200);
  clock += 2_000;
  await sweep();
  expect([await statusOf(unused), await statusOf(used)]).toEqual([404, 200]);
  expect(filesIn(server.dataDir)).toHaveLength(1);
});

test('what a deleted message named is out of sight at once, and gone with the next sweep', async () => {
  const before = filesIn(server.dataDir);
  const chatId = await createChat(server.url, visitor);
  const id = await uploaded(png(20, 20));
  const path = await sent(chatId, id);
  const { data } = await rest(server.url, `DELETE ${path}`, { token: visitor.token });
  expect(data).toMatchObject({ content: '', attachments: [] });
  expect(await statusOf(id)).toBe(404);
  await sweep();
  expect(filesIn(server.dataDir)).toEqual(before);
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
  expect(filesIn(server.dataDir)).toContain('arriving');
  expect(filesIn(server.dataDir)).not.toContain('abandoned');
  expect(filesIn(server.dataDir)).not.toContain('abandoned.webp');
  expect(await statusOf(kept)).toBe(200);
});
