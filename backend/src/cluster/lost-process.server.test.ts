import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comeToRest } from '../testing/faults/come-to-rest.ts';
import { createHistory, type History } from '../testing/faults/history.ts';
import { serverProcess } from '../testing/faults/server-process.ts';
import { talkAlone, talkByClients, type Talker } from '../testing/faults/talkers.ts';
import { freePort } from '../testing/free-port.ts';
import { stopClients } from '../testing/live-clients.ts';
import { connectSocket, ended, type TestSocket } from '../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../testing/people.ts';
import { redisProgram } from '../testing/redis-process.ts';
import { rest } from '../testing/rest.ts';
import { startTwoProcesses, type TwoProcesses } from '../testing/two-processes.ts';

let two: TwoProcesses;
let admin: Person;
const sockets: TestSocket[] = [];

async function live(url: string, person: Person): Promise<TestSocket> {
  const socket = await connectSocket(url, person.token);
  sockets.push(socket);
  return socket;
}

/** Customers come by the one way, their agents by the other; each talks without end. */
async function gather(history: History): Promise<Talker[]> {
  const [front, back] = two.ways;
  return [
    ...(await talkByClients(front.url, history, back.url)),
    ...(await talkByClients(back.url, history, front.url)),
    await talkAlone(front.url, history),
    await talkAlone(back.url, history),
  ];
}

/** What a dead process had begun holds its chats until the database gives it up: after 60 seconds, in milliseconds. */
const GIVEN_UP = 100_000;

/** Each of them has had so many more messages acknowledged. */
async function talkOn(talkers: readonly Talker[], more: number): Promise<void> {
  const before = talkers.map((talker) => talker.acknowledged());
  const isThere = () => talkers.every((talker, at) => talker.acknowledged() >= (before[at] ?? 0) + more);
  await expect.poll(isThere, { timeout: GIVEN_UP, interval: 50 }).toBe(true);
}

/** All that was written has arrived, once and in order, and everybody sees just that. */
async function expectNothingLost(talkers: readonly Talker[], history: History): Promise<void> {
  const theirs = new Set(talkers.map(({ chatId }) => chatId));
  const stored = async () => (await two.stored()).filter(({ chatId }) => theirs.has(chatId));
  const outcome = await comeToRest(talkers, history, stored);
  expect(outcome.faults).toEqual([]);
  expect(outcome.stored).toBe(outcome.sent);
}

const redisOf = async (place: 0 | 1) => (await rest(two.servers[place].url, 'GET /api/ready')).data['redis'];
const bothSay = (redis: string) =>
  expect.poll(() => Promise.all([redisOf(0), redisOf(1)]), { timeout: 30_000 }).toEqual([redis, redis]);

const without = redisProgram ? '' : ' (not run: there is no redis-server on the PATH)';

describe.skipIf(!redisProgram)(`what two processes survive${without}`, () => {
  beforeAll(async () => {
    two = await startTwoProcesses();
    admin = await loginAdmin(two.servers[0].url);
  });

  afterAll(async () => {
    stopClients();
    for (const socket of sockets) socket.close();
    await two.stop();
  });

  test('kill -9 of one: its clients come back on the other and lose nothing, presence follows them', async () => {
    const history = createHistory();
    const talkers = await gather(history);
    const boss = await live(two.servers[0].url, admin);
    const [stays, leaves] = [
      await createPerson(two.servers[0].url, admin),
      await createPerson(two.servers[0].url, admin),
    ];
    const device = await live(two.ways[1].url, stays);
    await device.send('agent_status', { status: 'online' });
    await (await live(two.servers[1].url, leaves)).send('agent_status', { status: 'busy' });
    const isOf = (agent: Person, status: string) => (event: Record<string, unknown>) =>
      event['agentId'] === agent.id && event['status'] === status;
    await boss.hear('agent_presence_update', isOf(leaves, 'busy'));
    await talkOn(talkers, 5);

    const lost = ended(device);
    await two.servers[1].kill();
    await lost;
    await live(two.ways[1].url, stays);
    await talkOn(talkers, 5);
    await boss.hear('agent_presence_update', isOf(leaves, 'offline'));
    const ofStays = boss.heard.filter(({ payload }) => payload['agentId'] === stays.id);
    expect(ofStays.map(({ payload }) => payload['status'])).toEqual(['online']);

    await two.servers[1].start();
    await bothSay('ready');
    await talkOn(talkers, 3);
    await expectNothingLost(talkers, history);
  }, 300_000);

  test('a restart of Redis: each process goes on by itself, and together again when it is back', async () => {
    const history = createHistory();
    const talkers = await gather(history);
    const [front, back] = [two.servers[0].url, two.servers[1].url];
    await talkOn(talkers, 3);
    await two.redis.kill();
    await bothSay('away');
    expect((await rest(front, 'GET /api/ready')).status).toBe(200);
    await talkOn(talkers, 3);

    // People of one process hear each other at once.
    const visitor = await createVisitor(front);
    const [customer, boss] = [await live(front, visitor), await live(front, admin)];
    const chatId = await createChat(front, visitor);
    await boss.hear('new_chat', (event) => event['chatId'] === chatId);
    await boss.send('assign_chat', { chatId });
    await boss.send('agent_message', { chatId, message: 'Without Redis' });
    await customer.hear('new_message', ({ content }) => content === 'Without Redis');
    // A session that ended over there ends here too, though nobody can say so.
    const agent = await createPerson(front, admin);
    const gone = ended(await live(back, agent));
    await rest(front, 'POST /api/auth/logout', { token: agent.token, body: {} });
    await gone;

    await two.redis.start();
    await bothSay('ready');
    const other = await live(back, visitor);
    const again = await live(front, admin);
    await again.send('agent_message', { chatId, message: 'With Redis' });
    await other.hear('new_message', ({ content }) => content === 'With Redis');
    await talkOn(talkers, 3);
    await expectNothingLost(talkers, history);
  }, 300_000);

  test('Redis is away at the start: a clear line, and the process serves', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wzatco-alone-'));
    const server = await serverProcess(folder, { REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    try {
      await server.start();
      const { status, data } = await rest(server.url, 'GET /api/ready');
      expect([status, data['redis']]).toEqual([200, 'away']);
      await expect.poll(server.output, { timeout: 10_000 }).toContain('Redis does not answer');
      expect(server.output()).toContain('REDIS_URL without MONGODB_URI');
      expect((await createVisitor(server.url)).token).not.toBe('');
      expect(await server.end()).toBe(0);
    } finally {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
