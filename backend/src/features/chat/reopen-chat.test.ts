import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { converse, stopClients } from '../../testing/live-clients.ts';
import { connectSocket, type TestSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { until } from '../../testing/until.ts';

const HOUR = 60 * 60 * 1000;

let server: TestServer;
let admin: Person;
let agent: Person;
let siteId: string;
let time = Date.UTC(2036, 0, 7, 9);
const sockets: TestSocket[] = [];

beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(time) });
  admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { department: 'Technical', name: 'Anna Agent' });
  const { list } = await rest(server.url, 'GET /api/sites', { token: admin.token });
  siteId = String(list[0]?.['id']);
});

afterEach(async () => {
  stopClients();
  for (const socket of sockets.splice(0)) socket.close();
  await setSite({ reopenWithinHours: 24, allowSeveralChats: false });
});
afterAll(() => stopTestServer(server));

const setSite = (body: object) =>
  rest(server.url, `PATCH /api/sites/${siteId}`, { token: admin.token, body });

async function live(person: Person): Promise<TestSocket> {
  const socket = await connectSocket(server.url, person.token);
  sockets.push(socket);
  return socket;
}

const say = (person: Person, chatId: string, body: object) =>
  rest(server.url, `POST /api/chats/${chatId}/messages`, { token: person.token, body });
const read = async (chatId: string) =>
  (await rest(server.url, `GET /api/chats/${chatId}`, { token: admin.token })).data;
const end = (person: Person, chatId: string) =>
  rest(server.url, `POST /api/chats/${chatId}/close`, { token: person.token });

/** A chat that the agent had and has ended, with one message. */
async function ended() {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: agent.token, body: {} });
  await end(agent, chatId);
  return { visitor, chatId };
}

describe('a chat that waits again', () => {
  /** Its place as its customer is told who comes back to the page. */
  const placeOf = async (visitor: Person, chatId: string) =>
    (await (await live(visitor)).send('sync_chat', { chatId, afterSeq: 0 })).data['queuePosition'];

  test('stands behind those who wait, and they keep their places', async () => {
    const { visitor, chatId } = await ended();
    const before: { visitor: Person; chatId: string; socket: TestSocket }[] = [];
    for (let count = 0; count < 2; count += 1) {
      time += 1000;
      const other = await createVisitor(server.url);
      const socket = await live(other);
      const waiting = await createChat(server.url, other, { department: 'Technical' });
      before.push({ visitor: other, chatId: waiting, socket });
    }
    time += 1000;
    const [customer, desk] = [await live(visitor), await live(agent)];
    await say(visitor, chatId, { message: 'One more thing' });
    expect(await customer.hear('chat_joined')).toMatchObject({ chatId, queuePosition: 3 });
    const isReopened = (event: Record<string, unknown>) => event['chatId'] === chatId;
    // As the console sorts it, and counts its wait.
    expect((await desk.hear('chat_updated', isReopened))['chat']).toMatchObject({
      status: 'waiting',
      queuedAt: new Date(time).toISOString(),
    });
    expect(await placeOf(visitor, chatId)).toBe(3);
    for (const [index, waiting] of before.entries()) {
      expect(await placeOf(waiting.visitor, waiting.chatId)).toBe(index + 1);
      expect(waiting.socket.heard.map(({ event }) => event)).not.toContain('queue_update');
    }
    // It moves up as everybody does.
    await end(admin, before[0]?.chatId ?? '');
    expect(await customer.hear('queue_update', isReopened)).toMatchObject({ position: 2 });
    for (const each of [chatId, before[1]?.chatId ?? '']) await end(admin, each);
  });

  test('is told its place in the client of its customer', async () => {
    const { customerChat, agentChat } = await converse(server.url);
    await agentChat.close();
    await until(customerChat.state, ({ status }) => status === 'closed');
    time += 1000;
    const other = await createVisitor(server.url);
    const waiting = await createChat(server.url, other, { department: '' });
    time += 1000;
    customerChat.send('Still there?');
    await until(customerChat.state, (state) => state.status === 'waiting' && state.queuePosition === 2);
    await end(admin, waiting);
    await until(customerChat.state, ({ queuePosition }) => queuePosition === 1);
    await end(admin, customerChat.id);
  });
});

test('where a site no longer allows several chats, one that was opened then is rejoined', async () => {
  await setSite({ allowSeveralChats: true });
  const visitor = await createVisitor(server.url);
  const before = await createChat(server.url, visitor);
  await setSite({ allowSeveralChats: false });
  expect(await createChat(server.url, visitor, { message: 'Another one?' })).toBe(before);
  await end(visitor, before);
  expect(await createChat(server.url, visitor, { message: 'Now yes' })).not.toBe(before);
});

test('a returning customer has the open chat, although a clock that was set back makes an ended one newer', async () => {
  const { visitor, chatId } = await ended();
  time -= HOUR;
  const open = await createChat(server.url, visitor, { department: 'Technical' });
  expect(open).not.toBe(chatId);
  const body = { siteKey: 'default', visitorToken: visitor.token };
  const { data } = await rest(server.url, 'POST /api/widget/session', { body });
  expect(data['chat']).toMatchObject({ id: open, status: 'waiting' });
  await end(visitor, open);
  time += HOUR;
});

describe('a message in an ended chat', () => {
  test('reopens it: it waits again with its numbers, and everybody hears so', async () => {
    const { visitor, chatId } = await ended();
    const [customer, other, desk] = [await live(visitor), await live(visitor), await live(agent)];
    time += 23 * HOUR;
    const sent = await customer.send('send_message', { chatId, message: 'One more thing' });
    expect(sent.data).toMatchObject({ seq: 2, rev: 4 });
    expect(await other.hear('chat_joined')).toMatchObject({
      chatId,
      status: 'waiting',
      queuePosition: 1,
      lastSeq: 2,
      lastRev: 4,
    });
    expect(await desk.hear('new_chat')).toMatchObject({ chatId, message: 'One more thing' });
    await desk.hear('chat_updated', (event) => event['lastRev'] === 4);
    expect(await read(chatId)).toMatchObject({
      status: 'waiting',
      agent: null,
      closedAt: null,
      closedBy: null,
    });
    // It is the customer's open chat again.
    expect(await createChat(server.url, visitor, { message: 'And another' })).toBe(chatId);
    expect((await desk.send('assign_chat', { chatId })).success).toBe(true);
    expect((await desk.send('agent_message', { chatId, message: 'Yes?' })).data['seq']).toBe(4);
  });

  test.each([
    ['after the site’s time for it', 24 * HOUR, 24],
    ['where the site never reopens', 0, 0],
  ])('is refused %s', async (_when, later, reopenWithinHours) => {
    await setSite({ reopenWithinHours });
    const { visitor, chatId } = await ended();
    time += later;
    expect((await say(visitor, chatId, { message: 'Hello?' })).error?.code).toBe('CHAT_CLOSED');
    expect(await read(chatId)).toMatchObject({ status: 'closed', lastSeq: 1 });
  });

  test('of the agent is refused', async () => {
    const { chatId } = await ended();
    expect((await say(agent, chatId, { message: 'Hello?' })).error?.code).toBe('CHAT_CLOSED');
  });

  test('is refused while another one is open, and says which', async () => {
    const { visitor, chatId } = await ended();
    const open = await createChat(server.url, visitor);
    const { error } = await say(visitor, chatId, { message: 'Wrong place' });
    expect(error).toMatchObject({ code: 'CHAT_CLOSED', details: { chatId: open } });
    expect(await read(chatId)).toMatchObject({ status: 'closed', lastSeq: 1 });
  });

  test('twenty at once reopen it once, each with its number; the same one again is stored once', async () => {
    const { visitor, chatId } = await ended();
    const texts = Array.from({ length: 20 }, (_, index) => ({
      message: `m${index % 10}`,
      clientMessageId: `m${index % 10}`,
    }));
    const answers = await Promise.all(texts.map((body) => say(visitor, chatId, body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ data }) => data['seq'])).size).toBe(10);
    expect(await read(chatId)).toMatchObject({ status: 'waiting', lastSeq: 11 });
  });

  test('and a new chat at once: one of them is the open one, and no word is lost', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { visitor, chatId } = await ended();
      const [said, opened] = await Promise.all([
        say(visitor, chatId, { message: 'here' }),
        rest(server.url, 'POST /api/chats', {
          token: visitor.token,
          body: { name: 'Carla', message: 'there', clientMessageId: `there-${round}` },
        }),
      ]);
      const { list } = await rest(server.url, 'GET /api/chats', { token: visitor.token });
      const open = list.filter(({ status }) => status !== 'closed').map(({ id }) => id);
      expect(open).toEqual([opened.data['chatId']]);
      expect(said.error?.details ?? { chatId }).toEqual({ chatId: opened.data['chatId'] });
    }
  });

  test('and the agent’s end of it at once: what is sent is stored', async () => {
    for (let round = 0; round < 20; round += 1) {
      const visitor = await createVisitor(server.url);
      const chatId = await createChat(server.url, visitor, { department: 'Technical' });
      await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: agent.token, body: {} });
      const [said] = await Promise.all([say(visitor, chatId, { message: 'wait' }), end(agent, chatId)]);
      expect(said.data['seq']).toBe(2);
    }
  });

  test('is shown by the clients of both sides as a chat that waits again', async () => {
    const { customerChat, agentChat } = await converse(server.url);
    await agentChat.close();
    await until(customerChat.state, ({ status }) => status === 'closed');
    customerChat.send('Still there?');
    await until(customerChat.state, (state) => state.status === 'waiting' && state.closedBy === null);
    await until(agentChat.state, (state) => state.status === 'waiting' && state.lastSeq === 2);
  });
});

describe('a site that allows several chats', () => {
  test('gives each start its own chat, the same start one', async () => {
    await setSite({ allowSeveralChats: true });
    const visitor = await createVisitor(server.url);
    const start = (clientMessageId: string) =>
      rest(server.url, 'POST /api/chats', {
        token: visitor.token,
        body: { name: 'Carla', message: 'Hello', clientMessageId },
      });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => start(`start-${index % 5}`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const ids = new Set(answers.map(({ data }) => String(data['chatId'])));
    expect(ids.size).toBe(5);
    const [first = ''] = ids;
    await end(visitor, first);
    expect((await say(visitor, first, { message: 'Again' })).status).toBe(201);
    expect(await read(first)).toMatchObject({ status: 'waiting', lastSeq: 2 });
  });

  test('may have one again: then 50 parallel starts rejoin what is open', async () => {
    await setSite({ allowSeveralChats: true });
    const visitor = await createVisitor(server.url);
    const old = [await createChat(server.url, visitor), await createChat(server.url, visitor)];
    await setSite({ allowSeveralChats: false });
    const ids = await Promise.all(Array.from({ length: 50 }, () => createChat(server.url, visitor)));
    expect(new Set(ids).size).toBe(1);
    expect(old).toContain(ids[0]);
  });
});
