import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TIMES } from '@wzatco/sdk/contract/constants';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comeToRest } from '../testing/faults/come-to-rest.ts';
import { createHistory, type History } from '../testing/faults/history.ts';
import { serverProcess } from '../testing/faults/server-process.ts';
import type { Talker } from '../testing/faults/talkers.ts';
import { GIVEN_UP, gatherOnBoth, storedOf } from '../testing/faults/two-servers.ts';
import { talkOn } from '../testing/faults/talk-on.ts';
import { freePort } from '../testing/free-port.ts';
import { isSettled, newVisitor, stopClients } from '../testing/live-clients.ts';
import { connectSocket, ended, type TestSocket } from '../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../testing/people.ts';
import { redisProgram } from '../testing/redis-process.ts';
import { rest } from '../testing/rest.ts';
import { until } from '../testing/until.ts';
import { startTwoProcesses, type TwoProcesses } from '../testing/two-processes.ts';

let two: TwoProcesses;
let admin: Person;
const sockets: TestSocket[] = [];

async function live(url: string, person: Person): Promise<TestSocket> {
  const socket = await connectSocket(url, person.token);
  sockets.push(socket);
  return socket;
}

/** All that was written has arrived, once and in order, and everybody sees just that. */
async function expectNothingLost(talkers: readonly Talker[], history: History): Promise<void> {
  const outcome = await comeToRest(talkers, history, () => storedOf(two, talkers));
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
    const talkers = await gatherOnBoth(two, history);
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
    await talkOn(talkers, 5, GIVEN_UP);

    const lost = ended(device);
    await two.servers[1].kill();
    await lost;
    await live(two.ways[1].url, stays);
    await talkOn(talkers, 5, GIVEN_UP);
    await boss.hear('agent_presence_update', isOf(leaves, 'offline'));
    const ofStays = boss.heard.filter(({ payload }) => payload['agentId'] === stays.id);
    expect(ofStays.map(({ payload }) => payload['status'])).toEqual(['online']);

    await two.servers[1].start();
    await bothSay('ready');
    await talkOn(talkers, 3, GIVEN_UP);
    await expectNothingLost(talkers, history);
  }, 300_000);

  test('a restart of Redis: each process goes on by itself, and together again when it is back', async () => {
    const history = createHistory();
    const talkers = await gatherOnBoth(two, history);
    const [front, back] = [two.servers[0].url, two.servers[1].url];
    await talkOn(talkers, 3, GIVEN_UP);
    await two.redis.kill();
    await bothSay('away');
    expect((await rest(front, 'GET /api/ready')).status).toBe(200);
    await talkOn(talkers, 3, GIVEN_UP);

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
    await talkOn(talkers, 3, GIVEN_UP);
    await expectNothingLost(talkers, history);
  }, 300_000);

  test('of two that lost Redis the one comes back later: what it was told meanwhile shows at once at the other', async () => {
    const [front, back] = [two.servers[0].url, two.servers[1].url];
    const chat = await newVisitor(front).openChat({ name: 'Carla', message: 'Hello?' });
    await until(chat.state, isSettled);
    await rest(back, `POST /api/chats/${chat.id}/assign`, { token: admin.token, body: {} });
    for (const line of two.redisLines) line.cut();
    await bothSay('away');
    await two.redisLines[0].mend();
    await expect.poll(() => redisOf(0), { timeout: 30_000 }).toBe('ready');
    const body = { message: 'Nobody over there is told' };
    await rest(back, `POST /api/chats/${chat.id}/messages`, { token: admin.token, body });
    expect(await redisOf(1)).toBe('away');
    await two.redisLines[1].mend();
    // Sooner than the next heartbeat brings it to everybody.
    await until(chat.state, ({ lastSeq }) => lastSeq === 2, TIMES.heartbeat / 2);
  }, 120_000);

  test('Redis is away at the start: a clear line, and the process serves', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wzatco-alone-'));
    const server = await serverProcess(folder, { REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    try {
      await server.start();
      const { status, data } = await rest(server.url, 'GET /api/ready');
      expect([status, data['redis']]).toEqual([200, 'away']);
      await expect.poll(server.output).toContain('Redis does not answer');
      expect(server.output()).toContain('REDIS_URL without MONGODB_URI');
      expect((await createVisitor(server.url)).token).not.toBe('');
      expect(await server.end()).toBe(0);
    } finally {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
