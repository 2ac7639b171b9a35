import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDatabase, type DatabaseHandle } from '../db/connect.ts';
import type { ChatRecord, MessageRecord } from '../features/chat/index.ts';
import { login } from '../testing/people.ts';
import { rest } from '../testing/rest.ts';
import { fillDesk } from './fill-desk.ts';
import { LOGINS, PASSWORD } from './staff.ts';

const NOW = new Date('2026-06-15T12:00:00Z');
const folders: string[] = [];
const databases: DatabaseHandle[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wzatco-demo-test-'));
  folders.push(folder);
  return folder;
}

interface Desk {
  chats: ChatRecord[];
  messages: MessageRecord[];
}

async function filledDesk(seed: number): Promise<Desk> {
  const database = await connectDatabase({ dataDir: newFolder() });
  databases.push(database);
  await fillDesk(database.connection, { seed, now: NOW });
  return {
    chats: await database.connection.model<ChatRecord>('Chat').find().sort({ _id: 1 }).lean(),
    messages: await database.connection
      .model<MessageRecord>('Message')
      .find()
      .sort({ chatId: 1, seq: 1 })
      .lean(),
  };
}

afterAll(async () => {
  for (const database of databases) await database.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the desk of the demo', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await filledDesk(7);
  });

  test('has some three hundred chats of every state, from seconds to months old, none of the future', () => {
    const ages = desk.chats.map(
      ({ closedAt, lastMessage }) => NOW.getTime() - (closedAt ?? lastMessage.timestamp).getTime(),
    );
    expect(desk.chats.length).toBeGreaterThan(280);
    for (const status of ['waiting', 'active', 'closed']) {
      expect(desk.chats.filter((chat) => chat.status === status).length).toBeGreaterThan(5);
    }
    expect(Math.min(...ages)).toBeGreaterThan(0);
    expect(Math.min(...ages)).toBeLessThan(60_000);
    expect(Math.max(...ages)).toBeGreaterThan(90 * 24 * 60 * 60 * 1000);
    expect(desk.messages.some(({ createdAt }) => createdAt > NOW)).toBe(false);
    expect(new Set(desk.chats.map(({ rating }) => rating)).size).toBeGreaterThan(4);
  });

  test('is as the server would have stored it: numbers without a gap, times in order, one open chat each', () => {
    for (const chat of desk.chats) {
      const messages = desk.messages.filter(({ chatId }) => chatId.equals(chat._id));
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
      expect(messages.length).toBe(chat.lastSeq);
      expect(Math.max(...messages.map(({ rev }) => rev))).toBeLessThanOrEqual(chat.lastRev);
      const times = messages.map(({ createdAt }) => createdAt.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(chat.createdAt).toEqual(messages[0]?.createdAt);
      expect(chat.assignedAgentId === null).toBe(chat.assignedAt === null);
      expect(chat.status === 'closed').toBe(chat.openKey === undefined);
    }
  });

  test('has conversations of many languages, edited, deleted and very long ones, and no blank left open', () => {
    const text = desk.messages.map(({ content }) => content).join('\n');
    for (const script of [
      /\p{Script=Arabic}/u,
      /\p{Script=Hebrew}/u,
      /\p{Script=Han}/u,
      /\p{Script=Cyrillic}/u,
    ]) {
      expect(text).toMatch(script);
    }
    expect(text).not.toMatch(/\{\w+\}| => |^[CA][*-] /m);
    expect(desk.messages.some(({ editedAt }) => editedAt !== null)).toBe(true);
    expect(desk.messages.some(({ deletedAt, content }) => deletedAt !== null && content === '')).toBe(true);
    expect(Math.max(...desk.chats.map(({ lastSeq }) => lastSeq))).toBeGreaterThan(30);
  });

  test('is the same for the same seed, and another for another', async () => {
    const words = ({ messages }: Desk) =>
      messages.map(({ _id, content, createdAt }) => [String(_id), content, createdAt]);
    expect(words(await filledDesk(7))).toEqual(words(desk));
    expect(words(await filledDesk(8))).not.toEqual(words(desk));
  });
});

describe('the demo', () => {
  test('serves its desk with the logins it prints, and leaves nothing behind when it is interrupted', async () => {
    const home = newFolder();
    const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
      // Somebody's own settings stay their own: none of them reaches the demo.
      env: {
        PATH: process.env['PATH'],
        TMPDIR: home,
        PORT: '0',
        DATA_DIR: join(home, 'own'),
        MONGODB_URI: 'nonsense',
      },
    });
    const introduction = await introductionOf(child);
    const url = /Console\s+(\S+)\/agent/.exec(introduction)?.[1] ?? '';
    for (const { email } of LOGINS) {
      expect(introduction).toContain(email);
      const person = await login(url, email, PASSWORD);
      const { data } = await rest(url, 'GET /api/chats?status=active', { token: person.token });
      expect(data.length).toBeGreaterThan(0);
      const list = async () => (await rest(url, 'GET /api/notifications', { token: person.token })).list;
      await expect.poll(list).toContainEqual(expect.objectContaining({ about: expect.any(Object) }));
    }
    const somebody = await login(url, LOGINS[0]?.email ?? '', PASSWORD);
    await expect
      .poll(async () => (await rest(url, 'GET /api/users/agents/online', { token: somebody.token })).data)
      .toContainEqual(expect.objectContaining({ name: 'Dmytro Kovalenko', status: 'online' }));

    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    expect(await exit).toBe(0);
    expect(readdirSync(home).filter((name) => name.startsWith('wzatco-demo-'))).toEqual([]);
    expect(existsSync(join(home, 'own'))).toBe(false);
  }, 60_000);
});

function introductionOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Stop with Ctrl+C')) resolve(output);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}: ${output}`)));
  });
}
