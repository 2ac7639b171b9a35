import type { InboxSync } from '@wzatco/sdk/contract';
import { Types } from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedIn, stopClients } from '../../testing/live-clients.ts';
import { connectSocket, type TestSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { onServer } from '../../testing/test-database.ts';
import { inboxQueries } from './sync-inbox.ts';

/** Of four chats one is waiting, one active and two are closed; of three, one is in Technical, one in Sales, one in none. */
const CHATS = 900;
const STATUSES = ['waiting', 'active', 'closed', 'closed'] as const;
const LONG_AGO = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

let server: TestServer;
/** How far the server's clock is ahead, in milliseconds. */
let ahead = 0;
let admin: Person;
let agent: Awaited<ReturnType<typeof createPerson>>;
let departments: Map<string, string>;
let socket: TestSocket;
let adminSocket: TestSocket;

beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(Date.now() + ahead) });
  admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { department: 'Technical' });
  departments = new Map((await server.features.departments.list()).map(({ id, name }) => [name, id]));
  await server.features.chat.chats.insertMany(Array.from({ length: CHATS }, (_, n) => chatNumber(n)));
  [socket, adminSocket] = await Promise.all([
    connectSocket(server.url, { token: agent.token }),
    connectSocket(server.url, { token: admin.token }),
  ]);
});

afterAll(async () => {
  stopClients();
  socket.close();
  adminSocket.close();
  await stopTestServer(server);
});

/** Many are of one moment, more than a page has. */
function chatNumber(n: number) {
  const at = new Date(LONG_AGO + Math.floor(n / 700) * HOUR);
  const status = STATUSES[n % 4] ?? 'closed';
  return {
    siteId: new Types.ObjectId(),
    customerId: new Types.ObjectId(),
    customerName: `Customer ${n}`,
    departmentId: departments.get(['Technical', 'Sales', 'none'][n % 3] ?? '') ?? null,
    status,
    assignedAgentId: status === 'waiting' ? null : n % 5 === 0 ? agent.id : admin.id,
    lastSeq: 1,
    lastRev: 1,
    lastMessage: { content: 'Hello?', sender: 'customer', timestamp: at },
    lastActivityAt: at,
    queuedAt: at,
  };
}

/** All pages from `since` on, and where the next synchronisation begins. */
async function syncAll(
  by: TestSocket,
  since?: string,
): Promise<{ chats: InboxSync['chats']; since: string }> {
  const chats: InboxSync['chats'] = [];
  for (let next = since; ;) {
    const answer = await by.send('sync_inbox', next === undefined ? {} : { since: next });
    const page = answer.data as unknown as InboxSync;
    chats.push(...page.chats);
    next = page.since;
    if (!page.hasMore) return { chats, since: next };
    expect(page.chats).toHaveLength(100);
  }
}

const isTheirs = (chat: InboxSync['chats'][number]) =>
  chat.department !== 'Sales' || chat.agent?.id === agent.id;

describe('without a moment', () => {
  test('all open chats of what one sees come, each once, page by page', async () => {
    const [theirs, all] = await Promise.all([syncAll(socket), syncAll(adminSocket)]);
    expect(all.chats).toHaveLength(CHATS / 2);
    expect(all.chats.every(({ status }) => status !== 'closed')).toBe(true);
    expect(new Set(all.chats.map(({ id }) => id)).size).toBe(CHATS / 2);
    expect(theirs.chats.map(({ id }) => id)).toEqual(all.chats.filter(isTheirs).map(({ id }) => id));
    expect(theirs.chats.length).toBeGreaterThan(300);
    const times = all.chats.map(({ lastMessage }) => lastMessage?.timestamp ?? '');
    expect(times).toEqual(times.toSorted());
  });
});

describe('since a moment', () => {
  test('come the chats in which something happened, ended ones too, and no others', async () => {
    const { since } = await syncAll(socket);
    expect((await syncAll(socket, since)).chats).toEqual([]);
    const [writing, ending, sales] = await Promise.all(
      ['Technical', 'Technical', 'Sales'].map(async (department) => {
        const visitor = await createVisitor(server.url);
        return createChat(server.url, visitor, { name: 'Vera', department, message: 'Is anybody there?' });
      }),
    );
    await adminSocket.send('assign_chat', { chatId: ending });
    await adminSocket.send('close_chat', { chatId: ending });
    const ids = ({ chats }: { chats: InboxSync['chats'] }) => chats.map(({ id }) => id).toSorted();
    const found = await syncAll(socket, since);
    expect(ids(found)).toEqual([writing, ending].toSorted());
    expect(found.chats.find(({ id }) => id === ending)?.status).toBe('closed');
    expect(ids(await syncAll(adminSocket, since))).toEqual([writing, ending, sales].toSorted());
    // What may have been stored meanwhile with an earlier moment is asked for again, and this with it.
    expect(ids(await syncAll(socket, found.since))).toEqual(ids(found));
  });

  test('what happens between two pages comes with the next synchronisation, however long they take', async () => {
    const visitor = await createVisitor(server.url);
    const chatId = await createChat(server.url, visitor, { department: 'Technical' });
    const first = (await socket.send('sync_inbox', {})).data as unknown as InboxSync;
    expect(first.hasMore).toBe(true);
    await adminSocket.send('close_chat', { chatId });
    ahead += HOUR;
    const rest = await syncAll(socket, first.since);
    expect(rest.chats.some(({ id }) => id === chatId)).toBe(false);
    const { chats } = await syncAll(socket, rest.since);
    expect(chats.find(({ id }) => id === chatId)?.status).toBe('closed');
  });

  test('one that was written down elsewhere will do, and finds all of that moment and later', async () => {
    const { chats } = await syncAll(adminSocket, new Date(LONG_AGO + HOUR).toISOString());
    const old = chats.filter(({ customer }) => customer.name.startsWith('Customer '));
    expect(old).toHaveLength(CHATS - 700);
    expect(old.some(({ status }) => status === 'closed')).toBe(true);
  });

  test.each(['yesterday', 'W10', Buffer.from('["2026-01-01","x","all"]').toString('base64url')])(
    'what is no moment is refused: %j',
    async (since) => {
      const { success, error } = await socket.send('sync_inbox', { since });
      expect({ success, code: error?.code, message: error?.message }).toEqual({
        success: false,
        code: 'VALIDATION_FAILED',
        message: 'since: is not one that this list gave',
      });
    },
  );
});

test('the SDK asks the same, page by page', async () => {
  const client = await signedIn(server.url, agent.email);
  const first = await client.syncInbox();
  const second = await client.syncInbox(first.since);
  const { chats } = await syncAll(socket);
  const ids = [...first.chats, ...second.chats].map(({ id }) => id);
  expect(ids).toEqual(chats.slice(0, 200).map(({ id }) => id));
  client.stop();
  await expect(client.syncInbox()).rejects.toMatchObject({ code: 'OFFLINE' });
});

describe.skipIf(onServer)('embedded only', () => {
  test.each(['agent', 'admin'] as const)('%s reads little more than a page, in order', async (who) => {
    const { chat, authenticator } = server.features;
    const person = { agent, admin }[who];
    const actor = await authenticator.byToken(person.token, { origin: null, serverOrigin: server.url });
    for (const scope of ['open', 'all'] as const) {
      const place = { at: new Date(LONG_AGO + HOUR), id: '', scope, begunAt: new Date() };
      const plans = (await Promise.all(
        inboxQueries(chat, actor, place, 10).map((query) => query.explain('executionStats')),
      )) as unknown as {
        queryPlanner: { winningPlan: { stage: string } };
        executionStats: { totalDocsExamined: number };
      }[];
      expect(['IXSCAN', 'SORT_MERGE']).toEqual(
        expect.arrayContaining(plans.map((plan) => plan.queryPlanner.winningPlan.stage)),
      );
      for (const plan of plans) expect(plan.executionStats.totalDocsExamined).toBeLessThanOrEqual(14);
    }
  });
});
