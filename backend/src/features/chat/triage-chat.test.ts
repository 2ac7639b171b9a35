import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hireAgent, stopClients } from '../../testing/live-clients.ts';
import { connectSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { onServer } from '../../testing/test-database.ts';
import { listQueries } from './list-chats.ts';

let server: TestServer;
let admin: Person;
let agent: Person;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { department: 'Technical' });
});

afterEach(stopClients);
afterAll(() => stopTestServer(server));

const put = (path: string, body: object, { token } = agent) =>
  rest(server.url, `PUT /api/chats/${path}`, { token, body });
const tagged = async (query: string, { token } = admin) =>
  (await rest(server.url, `GET /api/chats?${query}`, { token })).list.map(({ id }) => id);

describe('tags and priority', () => {
  test('are set by any agent of the department, told to those who see the chat, and no change twice', async () => {
    const visitor = await createVisitor(server.url);
    const chatId = await createChat(server.url, visitor, { department: 'Technical' });
    const boss = await connectSocket(server.url, admin.token);
    const customer = await connectSocket(server.url, visitor.token);
    const set = await put(`${chatId}/tags`, { tags: ['VIP ', 'refund', 'vip'] });
    expect(set.data).toMatchObject({ tags: ['vip', 'refund'], lastRev: 2, lastSeq: 1 });
    const told = await boss.hear('chat_updated', (event) => event['lastRev'] === 2);
    expect(told['chat']).toMatchObject({ id: chatId, tags: ['vip', 'refund'] });
    expect((await put(`${chatId}/tags`, { tags: ['vip', 'refund'] })).data['lastRev']).toBe(2);
    const path = `PATCH /api/chats/${chatId}`;
    const urgent = { token: agent.token, body: { priority: 'urgent' } };
    expect((await rest(server.url, path, urgent)).data).toMatchObject({ priority: 'urgent', lastRev: 3 });
    expect((await rest(server.url, path, urgent)).data).toMatchObject({ priority: 'urgent', lastRev: 3 });

    const own = await rest(server.url, `GET /api/chats/${chatId}`, { token: visitor.token });
    expect(own.data).toMatchObject({ tags: [], priority: 'normal' });
    const list = await rest(server.url, 'GET /api/chats', { token: visitor.token });
    expect(list.list).toMatchObject([{ tags: [], priority: 'normal' }]);
    expect(customer.heard.filter(({ event }) => event === 'chat_updated')).toEqual([]);
    boss.close();
    customer.close();
  });

  test.each([
    [{ tags: ['x'.repeat(51)] }],
    [{ tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }],
    [{ tags: [' '] }],
    [{ tags: 'vip' }],
  ])('%j is refused', async (body) => {
    const chatId = await createChat(server.url, await createVisitor(server.url));
    expect((await put(`${chatId}/tags`, body)).error?.code).toBe('VALIDATION_FAILED');
  });

  test('the agent’s client sets them', async () => {
    const { agent: client } = await hireAgent(server.url, 'Tina Triage');
    const chatId = await createChat(server.url, await createVisitor(server.url));
    expect((await client.chats.setTags(chatId, ['later'])).tags).toEqual(['later']);
    expect((await client.chats.setPriority(chatId, 'low')).priority).toBe('low');
    expect((await client.chats.list({ tag: 'later' })).items.map(({ id }) => id)).toEqual([chatId]);
  });
});

describe('the list by tag', () => {
  test('holds what the asker may see, page by page, with every other filter', async () => {
    const ids: string[] = [];
    for (const department of ['Technical', 'Sales', 'Technical', 'Technical']) {
      const chatId = await createChat(server.url, await createVisitor(server.url), {
        department,
        name: `Nr${ids.length} Tagged`,
      });
      await put(`${chatId}/tags`, { tags: ['blue', 'other'] }, admin);
      ids.unshift(chatId);
    }
    for (let count = 0; count < 10; count += 1) {
      await createChat(server.url, await createVisitor(server.url));
    }
    const [last, , sales, first] = ids;
    expect(await tagged('tag=Blue')).toEqual(ids);
    expect(await tagged('tag=blue&department=sales')).toEqual([sales]);
    expect(await tagged('tag=blue', agent)).toEqual(ids.filter((id) => id !== sales));
    expect(await tagged('tag=blue&q=nr0')).toEqual([first]);
    expect(await tagged('tag=none')).toEqual([]);
    const page = await rest(server.url, 'GET /api/chats?tag=blue&limit=1', { token: admin.token });
    expect(page.list.map(({ id }) => id)).toEqual([last]);
    expect(await tagged(`tag=blue&cursor=${page.page?.nextCursor}`)).toEqual(ids.slice(1));
  });

  test.skipIf(onServer)('embedded only: reads tagged chats only', async () => {
    const place = { origin: null, serverOrigin: server.url };
    const actor = await server.features.authenticator.byToken(admin.token, place);
    const [query] = await listQueries(server.features.chat, actor, { limit: 2, tag: 'blue' });
    expect(await query?.explain('executionStats')).toMatchObject({
      queryPlanner: { winningPlan: { stage: 'IXSCAN' } },
      executionStats: { totalDocsExamined: 4 },
    });
  });

  test('is not for customers', async () => {
    const { token } = await createVisitor(server.url);
    const { error } = await rest(server.url, 'GET /api/chats?tag=vip', { token });
    expect(error?.code).toBe('VALIDATION_FAILED');
  });
});
