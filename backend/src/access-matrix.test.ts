import { clientEventTables, endpointTables, type Access } from '@wzatco/sdk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, type TestSocket } from './testing/live-socket.ts';
import {
  createChat,
  createPerson,
  createVisitor,
  loginAdmin,
  PASSWORD,
  type Person,
} from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { tinyPicture, upload } from './testing/uploads.ts';
import { startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';

/** Every kind of caller, and what the table's roles make of it. */
const ACTORS = ['none', 'visitor', 'otherVisitor', 'user', 'agent', 'otherAgent', 'admin'] as const;
type ActorName = (typeof ACTORS)[number];

const ROLE_OF = {
  visitor: 'visitor',
  otherVisitor: 'visitor',
  user: 'user',
  agent: 'agent',
  otherAgent: 'agent',
  admin: 'admin',
} as const;

let server: TestServer;
let people: Record<Exclude<ActorName, 'none'>, Person>;

beforeAll(async () => {
  server = await startTestServer();
  const admin = await loginAdmin(server.url);
  people = {
    visitor: await createVisitor(server.url),
    otherVisitor: await createVisitor(server.url),
    user: await createPerson(server.url, admin, { role: 'user' }),
    agent: await createPerson(server.url, admin, { department: 'Technical' }),
    otherAgent: await createPerson(server.url, admin, { department: 'Sales' }),
    admin,
  };
});

afterAll(() => stopTestServer(server));

/**
 * What the table promises this actor about the thing of the visitor and the agent: `OK`, or the code of the refusal.
 * `thing`: does the call name one thing, which may be out of reach?
 */
function promised(access: Access, actor: ActorName, thing: boolean): string {
  if (access === 'public') return 'OK';
  if (actor === 'none') return 'UNAUTHENTICATED';
  const reach = access[ROLE_OF[actor]];
  if (reach === undefined) return 'FORBIDDEN';
  const outside = actor === 'otherVisitor' || actor === 'otherAgent';
  return thing && outside && reach !== 'all' ? 'NOT_FOUND' : 'OK';
}

/** A chat of the visitor in the agent's department, which the agent has. */
async function activeChat(): Promise<string> {
  const chatId = await waitingChat();
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: people.agent.token, body: {} });
  return chatId;
}

/** A message of this actor in the chat, or of its customer where the actor may not write in it. */
async function messageOf(chatId: string, actor: ActorName): Promise<string> {
  const author = actor === 'agent' || actor === 'admin' ? people[actor] : people.visitor;
  const { data } = await rest(server.url, `POST /api/chats/${chatId}/messages`, {
    token: author.token,
    body: { message: 'Hi' },
  });
  return String(data['id']);
}

async function waitingChat(): Promise<string> {
  await endChats();
  return createChat(server.url, people.visitor, { department: 'Technical' });
}

async function endChats(): Promise<void> {
  const { list } = await rest(server.url, 'GET /api/chats', { token: people.visitor.token });
  for (const { id, status } of list) {
    if (status !== 'closed')
      await rest(server.url, `POST /api/chats/${id}/close`, { token: people.visitor.token });
  }
}

/** How an endpoint is called so that only access can refuse it. `thing`: the path names a thing of somebody. */
interface Call {
  path?: (actor: ActorName) => Promise<string>;
  body?: unknown;
  /** Sent as it is. */
  rawBody?: string;
  thing?: true;
  /** The refusal that the call meets behind the gate: its sample is not meant to succeed. */
  refusal?: string;
  /** Uses up the caller's session. */
  endsSession?: true;
}

const chatPath =
  (suffix = '', make = activeChat) =>
  async () =>
    `/api/chats/${await make()}${suffix}`;
const messagePath =
  (suffix = '') =>
  async (actor: ActorName) => {
    const chatId = await activeChat();
    return `/api/chats/${chatId}/messages/${await messageOf(chatId, actor)}${suffix}`;
  };
/** A picture that the visitor has sent in a chat of the agent's. */
async function uploadPath(suffix: string): Promise<string> {
  const chatId = await activeChat();
  const { token } = people.visitor;
  const { data } = await upload(server.url, token, { bytes: tinyPicture(), name: 'a.gif' });
  await rest(server.url, `POST /api/chats/${chatId}/messages`, {
    token,
    body: { message: '', attachments: [data['id']] },
  });
  return `/api/uploads/${data['id']}${suffix}`;
}

const credentials = { email: 'nobody@example.com', password: PASSWORD };
const ID = '0'.repeat(24);

const CALLS: Record<string, Call> = {
  'GET /api/health': {},
  'GET /api/ready': {},
  'GET /api/auth/setup': {},
  'POST /api/auth/setup': { body: { token: 'guess', name: 'Eve', ...credentials }, refusal: 'FORBIDDEN' },
  'POST /api/auth/login': { body: credentials, refusal: 'UNAUTHENTICATED' },
  'POST /api/auth/logout': { endsSession: true },
  'GET /api/auth/me': {},
  'POST /api/auth/token': {},
  'POST /api/auth/change-password': {
    body: { currentPassword: 'wrong', newPassword: PASSWORD },
    refusal: 'VALIDATION_FAILED',
  },
  'POST /api/auth/reset-password': { body: { token: 'guess', password: PASSWORD }, refusal: 'FORBIDDEN' },
  'GET /api/auth/sessions': {},
  'DELETE /api/auth/sessions/:id': { path: async () => `/api/auth/sessions/${ID}`, refusal: 'NOT_FOUND' },
  'POST /api/auth/sessions/revoke-others': {},
  'GET /api/users': {},
  'POST /api/users': { body: { email: 'fresh@example.com', name: 'Fresh', role: 'agent' } },
  'GET /api/users/colleagues': {},
  'GET /api/users/:id': { path: async () => `/api/users/${ID}`, refusal: 'NOT_FOUND' },
  'PATCH /api/users/:id': { path: async () => `/api/users/${ID}`, body: {}, refusal: 'NOT_FOUND' },
  'GET /api/users/agents/online': {},
  'GET /api/users/agents/:agentId/workload': {
    path: async () => `/api/users/agents/${people.agent.id}/workload`,
  },
  'GET /api/departments': {},
  'POST /api/departments': { body: { name: 'Technical' }, refusal: 'CONFLICT' },
  'GET /api/departments/:id': { path: async () => `/api/departments/${ID}`, refusal: 'NOT_FOUND' },
  'PATCH /api/departments/:id': {
    path: async () => `/api/departments/${ID}`,
    body: {},
    refusal: 'NOT_FOUND',
  },
  'DELETE /api/departments/:id': { path: async () => `/api/departments/${ID}`, refusal: 'NOT_FOUND' },
  'GET /api/sites': {},
  'GET /api/sites/:id': { path: async () => `/api/sites/${ID}`, refusal: 'NOT_FOUND' },
  'POST /api/sites/:id/identity-secret': {
    path: async () => `/api/sites/${ID}/identity-secret`,
    refusal: 'NOT_FOUND',
  },
  'PATCH /api/sites/:id': { path: async () => `/api/sites/${ID}`, body: {}, refusal: 'NOT_FOUND' },
  'GET /api/widget/config': { path: async () => '/api/widget/config?site=default' },
  'POST /api/widget/session': { body: { siteKey: 'default' } },
  'GET /api/chats': {},
  'POST /api/chats': { body: { name: 'Carla', message: 'Hello' } },
  'GET /api/chats/:id': { path: chatPath(), thing: true },
  'GET /api/chats/:id/messages': { path: chatPath('/messages'), thing: true },
  'POST /api/chats/:id/messages': { path: chatPath('/messages'), body: { message: 'Hi' }, thing: true },
  'PATCH /api/chats/:id/messages/:messageId': {
    path: messagePath(),
    body: { message: 'Oh' },
    thing: true,
  },
  'DELETE /api/chats/:id/messages/:messageId': { path: messagePath(), thing: true },
  'GET /api/chats/:id/messages/:messageId/history': { path: messagePath('/history'), thing: true },
  'PATCH /api/chats/:id': { path: chatPath(), body: { priority: 'high' }, thing: true },
  'PUT /api/chats/:id/tags': { path: chatPath('/tags'), body: { tags: ['vip'] }, thing: true },
  'GET /api/chats/:id/transcript': { path: chatPath('/transcript'), thing: true },
  'GET /api/chats/:id/metrics': { path: chatPath('/metrics'), thing: true },
  'GET /api/chats/:id/notes': { path: chatPath('/notes'), thing: true },
  'POST /api/chats/:id/notes': { path: chatPath('/notes'), body: { content: 'Hm' }, thing: true },
  'GET /api/notifications': {},
  'GET /api/notifications/unread': {},
  'POST /api/notifications/read': { body: { all: true } },
  'POST /api/chats/:id/assign': { path: chatPath('/assign', waitingChat), body: {}, thing: true },
  'POST /api/chats/:id/close': { path: chatPath('/close'), thing: true },
  'POST /api/chats/:id/read': { path: chatPath('/read'), body: {}, thing: true },
  'POST /api/uploads': {
    path: async () => `/api/uploads?name=a.txt&clientUploadId=${crypto.randomUUID()}`,
    rawBody: 'words',
  },
  'DELETE /api/uploads/:id': { path: async () => `/api/uploads/${ID}`, refusal: 'NOT_FOUND' },
  'GET /api/uploads/:id': { path: () => uploadPath(''), thing: true },
  'GET /api/uploads/:id/thumbnail': { path: () => uploadPath('/thumbnail'), thing: true },
  'POST /api/chats/:id/transfer': {
    path: chatPath('/transfer'),
    body: { department: 'Technical' },
    thing: true,
  },
  'GET /api/chats/:id/routing': { path: chatPath('/routing'), thing: true },
  'POST /api/chats/:id/rating': { path: chatPath('/rating'), body: { rating: 4 }, thing: true },
};

const endpoints = Object.values(endpointTables).flatMap((table) => Object.entries(table));

describe('every endpoint with every kind of caller', () => {
  test('the samples cover the contract, no more and no less', () => {
    expect(Object.keys(CALLS).toSorted()).toEqual(endpoints.map(([key]) => key).toSorted());
  });

  test.each(endpoints)('%s', async (key, endpoint) => {
    const call = CALLS[key] ?? {};
    const [method = '', template = ''] = key.split(' ');
    for (const actor of ACTORS) {
      let token = actor === 'none' ? undefined : people[actor].token;
      if (call.endsSession && actor !== 'none' && ROLE_OF[actor] !== 'visitor') {
        token = await freshToken(actor);
      }
      const path = call.path ? await call.path(actor) : template;
      const { status, error } = await rest(server.url, `${method} ${path}`, {
        token,
        ...(call.body === undefined ? {} : { body: call.body }),
        ...(call.rawBody === undefined ? {} : { rawBody: call.rawBody }),
      });
      const expected = promised(endpoint.access, actor, call.thing ?? false);
      const behind = call.refusal ?? 'OK';
      const got = status < 400 ? 'OK' : error?.code;
      const wanted =
        expected === 'OK' ? (key === 'POST /api/users' && status === 409 ? 'CONFLICT' : behind) : expected;
      expect(`${actor}: ${got}`).toBe(`${actor}: ${wanted}`);
    }
  });
});

/** Another session of the same person, to be ended by the test. */
async function freshToken(actor: Exclude<ActorName, 'none'>): Promise<string> {
  const { tokens, models, chat } = server.features;
  const session = await models.sessions.create({
    userId: people[actor].id,
    sessionToken: crypto.randomUUID(),
    lastUsedAt: chat.now(),
    expiresAt: new Date(chat.now().getTime() + 60_000),
  });
  return tokens.signStaff({ id: people[actor].id, sid: String(session._id) });
}

/** A payload that only access can refuse. */
const PAYLOADS: Record<string, (chatId: string, actor: ActorName) => unknown> = {
  join_chat: () => ({ name: 'Carla', message: 'Hello' }),
  send_message: (chatId) => ({ chatId, message: 'Hi' }),
  agent_message: (chatId) => ({ chatId, message: 'Hi' }),
  typing: (chatId) => ({ chatId, isTyping: true }),
  mark_read: (chatId) => ({ chatId }),
  sync_chat: (chatId) => ({ chatId, afterSeq: 0 }),
  edit_message: async (chatId, actor) => ({ chatId, id: await messageOf(chatId, actor), message: 'Oh' }),
  delete_message: async (chatId, actor) => ({ chatId, id: await messageOf(chatId, actor) }),
  leave_chat: (chatId) => ({ chatId }),
  rate_chat: (chatId) => ({ chatId, rating: 3 }),
  watch_chat: (chatId) => ({ chatId }),
  unwatch_chat: (chatId) => ({ chatId }),
  sync_inbox: () => ({}),
  assign_chat: (chatId) => ({ chatId }),
  close_chat: (chatId) => ({ chatId }),
  agent_status: () => ({ status: 'online' }),
  accept_offer: (chatId) => ({ chatId }),
  decline_offer: (chatId) => ({ chatId }),
  transfer_chat: (chatId) => ({ chatId, department: 'Technical' }),
};

/** Refusals that meet an actor behind the gate. */
const EVENT_REFUSALS: Record<string, string> = {
  'accept_offer admin': 'CONFLICT',
};

const events = Object.values(clientEventTables).flatMap((table) => Object.entries(table));

describe('every event with every kind of caller', () => {
  const connected: Partial<Record<ActorName, TestSocket>> = {};

  beforeAll(async () => {
    for (const actor of ACTORS) {
      // Nobody does not come as far as an event.
      if (actor === 'none') continue;
      connected[actor] = await connectSocket(server.url, people[actor].token);
    }
  });

  afterAll(() => {
    for (const socket of Object.values(connected)) socket.close();
  });

  test('the samples cover the contract, no more and no less', () => {
    expect(Object.keys(PAYLOADS).toSorted()).toEqual(events.map(([name]) => name).toSorted());
  });

  test('nobody gets no connection at all', async () => {
    await expect(connectSocket(server.url, {})).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } });
  });

  test.each(events)('%s', async (name, event) => {
    const thing = !['join_chat', 'sync_inbox', 'agent_status'].includes(name);
    for (const [actor, socket] of Object.entries(connected) as [ActorName, TestSocket][]) {
      const chatId = await (name === 'assign_chat' ? waitingChat() : activeChat());
      const answer = await socket.send(name, await PAYLOADS[name]?.(chatId, actor));
      const got = answer.success ? 'OK' : answer.error?.code;
      const wanted = EVENT_REFUSALS[`${name} ${actor}`] ?? promised(event.access, actor, thing);
      expect(`${actor}: ${got}`).toBe(`${actor}: ${wanted}`);
    }
  });
});
