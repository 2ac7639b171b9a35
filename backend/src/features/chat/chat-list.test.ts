import type { CHAT_STATUSES } from '@wzatco/sdk/contract/constants';
import { trusted, Types } from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rest } from '../../testing/rest.ts';
import { createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { onServer } from '../../testing/test-database.ts';
import { searchTermsOf } from './chat-search.ts';
import { listQueries } from './list-chats.ts';

type Who = 'agent' | 'admin' | 'customer';
type ListQuery = Parameters<typeof listQueries>[2];

/** From one walk over an index, or from several that are merged: nothing is sorted. */
const IN_ORDER = ['IXSCAN', 'SORT_MERGE'];
const CHATS = 600;
const LIMIT = 10;

let server: TestServer;
let admin: Person;
let agent: Person;
let customer: Person;
let departments: Map<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { department: 'Technical' });
  customer = await createVisitor(server.url);
  departments = new Map((await server.features.departments.list()).map(({ id, name }) => [name, id]));
  await server.features.chat.chats.insertMany(Array.from({ length: CHATS }, (_, index) => chatNumber(index)));
});

afterAll(() => stopTestServer(server));

/** Of three, one is in Technical, one in Sales and one in none; two a minute; the agent has some of every department. */
function chatNumber(index: number) {
  const at = new Date(Date.UTC(2026, 0, 1, 0, Math.floor(index / 2)));
  const customerName = `Customer Nr${index}`;
  const status = (['waiting', 'active', 'closed', 'closed'] satisfies (typeof CHAT_STATUSES)[number][])[
    index % 4
  ];
  return {
    siteId: new Types.ObjectId(),
    customerId: index % 50 === 0 ? customer.id : new Types.ObjectId(),
    customerName,
    departmentId: departments.get(['Technical', 'Sales', 'none'][index % 3] ?? '') ?? null,
    status,
    assignedAgentId: status === 'waiting' ? null : index % 5 === 0 ? agent.id : admin.id,
    lastSeq: 1,
    lastRev: 1,
    lastMessage: { content: 'Hello?', sender: 'customer', timestamp: at },
    searchTerms: searchTermsOf(customerName, `person${index}@example.com`),
    lastActivityAt: at,
    queuedAt: at,
  };
}

/** How many documents the list's queries read, and whether one of them walked the whole collection. */
async function cost(actor: Who, query: Partial<ListQuery>) {
  const { chat, authenticator } = server.features;
  const place = { origin: null, serverOrigin: server.url };
  const who = await authenticator.byToken({ agent, admin, customer }[actor].token, place);
  const queries = await listQueries(chat, who, { limit: LIMIT, ...query });
  const plans = (await Promise.all(queries.map((one) => one.explain('executionStats')))) as unknown as {
    queryPlanner: { winningPlan: { stage: string } };
    executionStats: { totalDocsExamined: number };
  }[];
  return {
    queries: queries.length,
    stages: [...new Set(plans.map((plan) => plan.queryPlanner.winningPlan.stage))],
    read: plans.reduce((sum, plan) => sum + plan.executionStats.totalDocsExamined, 0),
  };
}

function page(person: Person, query: string) {
  return rest(server.url, `GET /api/chats?${query}`, { token: person.token });
}

/** All pages of a list. */
async function pages(person: Person, query = '') {
  const found: Record<string, unknown>[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const next = await page(person, `limit=37&${query}${cursor ? `&cursor=${cursor}` : ''}`);
    found.push(...next.list);
    cursor = next.page?.nextCursor ?? null;
  }
  return found;
}

describe.skipIf(onServer)('embedded only: no list reads much more than it returns', () => {
  test.each<[Who, Partial<ListQuery>]>([
    ['agent', {}],
    ['agent', { status: 'waiting' }],
    ['agent', { status: 'active' }],
    ['agent', { status: 'closed' }],
    ['agent', { assignee: 'me' }],
    ['agent', { status: 'active', assignee: 'me' }],
    ['agent', { department: 'Technical' }],
    ['admin', {}],
    ['admin', { status: 'waiting' }],
    ['admin', { assignee: 'none' }],
    ['admin', { department: 'Sales', status: 'closed' }],
    ['customer', {}],
    ['customer', { q: 'customer' }],
  ])('%s, %j', async (actor, query) => {
    const found = await cost(actor, query);
    expect(IN_ORDER).toEqual(expect.arrayContaining(found.stages));
    // A page of each branch, and the next one of each status.
    expect(found.read).toBeLessThanOrEqual(found.queries * (LIMIT + 4));
  });

  test.each<[Who, Partial<ListQuery>, number]>([
    ['agent', { q: 'nr599' }, 1],
    ['admin', { q: 'nr599 cust' }, 1],
    ['agent', { q: 'person599@example.com', status: 'closed' }, 1],
    // nr5, nr50 to nr59, nr500 to nr599: the beginning that is kept is nr5.
    ['admin', { q: 'nr59' }, 111],
    ['admin', { q: 'nobody' }, 0],
  ])('a search, %s, %j, reads what shares the beginning of its longest word', async (actor, query, count) => {
    expect(await cost(actor, query)).toEqual({ queries: 1, stages: ['IXSCAN'], read: count });
  });

  test('nor does a page further on', async () => {
    const first = await page(agent, `limit=${LIMIT}`);
    const cursor = first.page?.nextCursor ?? '';
    const found = await cost('agent', { cursor });
    expect(IN_ORDER).toEqual(expect.arrayContaining(found.stages));
    // At most one more of the same moment in each branch.
    expect(found.read).toBeLessThanOrEqual(found.queries * (LIMIT + 5));
  });
});

describe('what an agent lists', () => {
  test('is, page by page, what they may see, each once and in order', async () => {
    const expected = (
      await server.features.chat.chats
        .find({ status: trusted({ $in: ['waiting', 'active', 'closed'] }) })
        .sort({ lastActivityAt: -1, _id: -1 })
        .limit(CHATS)
        .lean()
    )
      .filter(
        ({ departmentId, assignedAgentId }) =>
          String(departmentId) !== departments.get('Sales') || String(assignedAgentId) === agent.id,
      )
      .map(({ _id }) => String(_id));
    const seen = (await pages(agent)).map(({ id }) => id);
    expect(seen).toEqual(expected);
    expect(seen.length).toBeGreaterThan(400);
  });

  test.each([
    'department=sales',
    'department=sales&assignee=none',
    'assignee=none',
    'assignee=me&status=closed',
    'q=nr5',
    'q=nr5&assignee=me',
  ])('stays within that when it asks for %s', async (query) => {
    const found = await pages(agent, query);
    const theirs = (await pages(admin, query.replace('=me', `=${agent.id}`))).filter(
      (chat) => chat['department'] !== 'Sales' || (chat['agent'] as { id: string } | null)?.id === agent.id,
    );
    expect(found.map(({ id }) => id)).toEqual(theirs.map(({ id }) => id));
    expect(found.length > 0).toBe(query !== 'department=sales&assignee=none');
  });
});

describe('a search', () => {
  test.each<[string, number]>([
    ['c', 100],
    ['cu', 100],
    ['NR59', 11],
    ['nr599', 1],
    ['customer nr59', 11],
    ['nr59 customer', 11],
    ['person59', 11],
    ['Person599@example.com', 1],
    ['nr59 nobody', 0],
    ['.*', 0],
    ['ustomer', 0],
  ])('for %j finds words by their beginning', async (q, count) => {
    const { list } = await page(admin, `limit=100&q=${encodeURIComponent(q)}`);
    expect(list).toHaveLength(count);
  });
});
