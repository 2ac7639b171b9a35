import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ChatState, ClientError, type ConnectionState, createVisitorClient } from '@wzatco/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { actAsBrowser } from './testing/browser-page.ts';
import {
  converse,
  hireAgent,
  inviteAgent,
  isSettled,
  linesOf,
  newAgent,
  newVisitor,
  signedIn,
  stopClients,
} from './testing/live-clients.ts';
import { type Meddle, startMeddlingProxy } from './testing/meddling-proxy.ts';
import { PASSWORD } from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { startRestartableServer } from './testing/restartable-server.ts';
import { ADMIN, startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';
import { until } from './testing/until.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterEach(stopClients);
afterAll(() => stopTestServer(server));

/** A server that this test stops and starts as it likes. */
async function restartable(variables: Record<string, string> = {}) {
  const away = await startRestartableServer(variables);
  onTestFinished(() => away.remove());
  return away;
}

function meddle(target: string, how: Meddle) {
  const proxy = startMeddlingProxy(target, how);
  onTestFinished(() => proxy.stop());
  return proxy;
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error,
  );

describe('a conversation', () => {
  test('from the first word to the rating: claimed, sent, seen, closed and rated', async () => {
    const { agent, id } = await hireAgent(server.url, 'Anna Agent');
    const announced = new Promise<string>((resolve) => agent.on('new_chat', ({ chatId }) => resolve(chatId)));
    const visitor = newVisitor(server.url);
    const customer = await visitor.openChat({ name: 'Carla', email: 'carla@example.com', message: 'Hello?' });
    expect(visitor.chat.get()).toBe(customer);
    await until(customer.state, ({ queuePosition }) => queuePosition === 1);
    const chatId = await announced;
    expect(chatId).toBe(customer.id);

    await agent.chats.assign(chatId);
    const desk = agent.chats.open(chatId);
    await until(customer.state, (state) => state.agent?.name === 'Anna Agent' && state.status === 'active');
    await until(desk.state, (state) => state.agent?.id === id && isSettled(state));

    const states: string[] = [];
    const key = desk.send('How can I help?');
    desk.state.subscribe(({ messages }) => {
      const state = messages.find((message) => message.key === key)?.state;
      if (state && state !== states.at(-1)) states.push(state);
    });
    await until(customer.state, ({ lastSeq }) => lastSeq === 2);
    customer.markRead();
    await until(desk.state, ({ messages }) => messages.at(-1)?.state === 'read');
    expect(states).toEqual(['sending', 'sent', 'read']);

    customer.send('My order is late.');
    await until(desk.state, ({ lastSeq }) => lastSeq === 3);
    desk.markRead();
    const read = await until(customer.state, ({ messages }) => messages.at(-1)?.state === 'read');
    expect(linesOf(read)).toEqual([
      '1 customer: Hello?',
      '2 agent: How can I help?',
      '3 customer: My order is late.',
    ]);
    expect(read.messages.map(({ mine }) => mine)).toEqual([true, false, true]);

    await desk.close();
    await until(customer.state, ({ status, closedBy }) => status === 'closed' && closedBy === 'agent');
    await customer.rate(5, 'Quick and kind');
    expect((await agent.chats.get(chatId)).rating).toEqual({ rating: 5, comment: 'Quick and kind' });
    const late = desk.send('One more thing');
    const failed = await until(desk.state, ({ messages }) => messages.at(-1)?.state === 'failed');
    expect(failed.messages.at(-1)).toMatchObject({ key: late, error: { code: 'CHAT_CLOSED' } });
    expect(await refusal(desk.rate(1))).toMatchObject({ code: 'FORBIDDEN', name: 'ClientError' });
  });

  test('each side sees the other one write, until the message is there', async () => {
    const { customerChat, agentChat } = await converse(server.url);
    agentChat.setTyping(true);
    await until(customerChat.state, ({ typing }) => typing.join() === 'Anna Agent');
    customerChat.setTyping(true);
    await until(agentChat.state, ({ typing }) => typing.join() === 'Carla');
    agentChat.send('There.');
    await until(customerChat.state, ({ typing, lastSeq }) => typing.length === 0 && lastSeq === 2);
    customerChat.setTyping(false);
    await until(agentChat.state, ({ typing }) => typing.length === 0);
  });

  test('the agent’s own presence is what the server says', async () => {
    const { agent, id } = await hireAgent(server.url, 'Pia Presence');
    await agent.setPresence('busy');
    expect(agent.presence.get()).toBe('busy');
    expect((await agent.users.online()).find((online) => online.id === id)?.status).toBe('busy');
    const elsewhere = await signedIn(server.url, (await agent.auth.me()).email);
    await until(elsewhere.presence, (presence) => presence === 'busy');
    await elsewhere.setPresence('online');
    await until(agent.presence, (presence) => presence === 'online');
  });

  test('of two agents who claim at once one has the chat, the other a CONFLICT', async () => {
    const [{ agent: one }, { agent: other }] = await Promise.all([
      hireAgent(server.url, 'One'),
      hireAgent(server.url, 'Other'),
    ]);
    const { id } = await newVisitor(server.url).openChat({ name: 'Carla', message: 'Who is first?' });
    const claims = await Promise.allSettled([one.chats.assign(id), other.chats.assign(id)]);
    const refused = claims.flatMap((claim) => (claim.status === 'rejected' ? [claim.reason] : []));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toBeInstanceOf(ClientError);
    expect(refused[0]).toMatchObject({ code: 'CONFLICT', status: 409 });
    const winner = claims.flatMap((claim) => (claim.status === 'fulfilled' ? [claim.value.agentName] : []));
    expect((await one.chats.get(id)).agent?.name).toBe(winner[0]);
  });

  test('what an agent does with the chat shows at once, where it comes with a message under one number too', async () => {
    const boss = await signedIn(server.url, ADMIN.email, ADMIN.password);
    const chat = await newVisitor(server.url).openChat({ name: 'Carla', message: 'I want to buy ten.' });
    await until(chat.state, isSettled);
    await boss.chats.transfer(chat.id, { department: 'Sales' });
    const { messages } = await until(chat.state, ({ department }) => department === 'Sales');
    expect(messages.at(-1)?.content).toContain('handed this chat over to Sales');
  });

  test('after its end the customer opens another one; after a logout they are somebody else', async () => {
    const { visitor, customerChat, agentChat } = await converse(server.url);
    await customerChat.close();
    await until(agentChat.state, ({ closedBy }) => closedBy === 'customer');
    const next = await visitor.openChat({ message: 'One more thing' });
    expect(next.id).not.toBe(customerChat.id);
    await until(next.state, (state) => state.lastSeq === 1 && isSettled(state));
    expect(visitor.chat.get()).toBe(next);
    const before = visitor.session.get()?.customer.id;

    await visitor.logout();
    expect([visitor.session.get(), visitor.chat.get(), visitor.connection.get()]).toEqual([
      null,
      null,
      'stopped',
    ]);
    const other = await visitor.openChat({ name: 'Carl', message: 'Hello?' });
    await until(other.state, (state) => state.lastSeq === 1 && isSettled(state));
    expect(visitor.session.get()?.customer.id).not.toBe(before);
  });

  test('older messages come page by page', async () => {
    const { customerChat, agentChat, agent } = await converse(server.url);
    for (let count = 2; count <= 120; count += 1) customerChat.send(`message ${count}`);
    await until(agentChat.state, (state) => state.lastSeq === 120 && isSettled(state));
    const late = agent.chats.open(customerChat.id);
    const seqs = () => late.state.get().messages.map(({ seq }) => seq);
    const from = (first: number) => Array.from({ length: 121 - first }, (_, at) => first + at);
    await until(late.state, isSettled);
    expect(seqs()).toEqual(from(71));
    await late.loadOlder();
    expect(seqs()).toEqual(from(21));
    expect(late.state.get().hasOlder).toBe(true);
    await Promise.all([late.loadOlder(), late.loadOlder()]);
    expect(seqs()).toEqual(from(1));
    expect(late.state.get().hasOlder).toBe(false);
    expect(linesOf(late.state.get())).toEqual(linesOf(agentChat.state.get()));
  });
});

describe('a connection that fails', () => {
  test('what both sides write while the server is away arrives once and in order', async () => {
    const away = await restartable();
    const { visitor, agent, customerChat, agentChat } = await converse(away.url);
    const seen = { visitor: new Array<ConnectionState>(), agent: new Array<ConnectionState>() };
    visitor.connection.subscribe((state) => seen.visitor.push(state));
    agent.connection.subscribe((state) => seen.agent.push(state));

    await away.stop();
    await until(visitor.connection, (state) => state === 'reconnecting');
    await until(agent.connection, (state) => state === 'reconnecting');
    const questions = ['q1', 'q2', 'q3', 'q4', 'q5'];
    const answers = ['a1', 'a2', 'a3', 'a4', 'a5'];
    for (const text of questions) customerChat.send(text);
    for (const text of answers) agentChat.send(text);
    expect(customerChat.state.get().stale).toBe(true);
    expect(
      customerChat.state
        .get()
        .messages.map(({ state }) => state)
        .slice(1),
    ).toEqual(questions.map(() => 'sending'));
    await away.start();

    const complete = (state: ChatState) => state.lastSeq === 11 && isSettled(state);
    const atCustomer = await until(customerChat.state, complete);
    const atAgent = await until(agentChat.state, complete);
    expect(linesOf(atAgent)).toEqual(linesOf(atCustomer));
    expect(atCustomer.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const written = (who: string) =>
      atCustomer.messages.filter(({ sender }) => sender === who).map(({ content }) => content);
    expect(written('customer')).toEqual(['Hello?', ...questions]);
    expect(written('agent')).toEqual(answers);
    expect(seen).toEqual({
      visitor: ['online', 'reconnecting', 'online'],
      agent: ['online', 'reconnecting', 'online'],
    });
  });

  test('a chat that is opened while the server is away is opened when it is back', async () => {
    const away = await restartable();
    const agent = await signedIn(away.url, ADMIN.email, ADMIN.password);
    await away.stop();
    const visitor = newVisitor(away.url);
    const chat = await visitor.openChat({ name: 'Carla', message: 'Is anybody there?' });
    expect(chat.id).toMatch(/^pending:/);
    expect(await refusal(chat.rate(5))).toMatchObject({ code: 'OFFLINE' });
    chat.send('I can wait.');
    await away.start();
    const opened = await until(chat.state, (state) => state.lastSeq === 2 && isSettled(state));
    expect(linesOf(opened)).toEqual(['1 customer: Is anybody there?', '2 customer: I can wait.']);
    expect(visitor.chat.get()).toBe(chat);
    await until(agent.connection, (state) => state === 'online');
    expect((await agent.chats.list({ status: 'waiting' })).items.map(({ id }) => id)).toEqual([chat.id]);
  });

  test('a page that loads without a network shows what it had left to send, and more goes out behind it', async () => {
    onTestFinished(actAsBrowser());
    const away = await restartable();
    const page = () => {
      const client = createVisitorClient({ server: away.url, site: 'default' });
      onTestFinished(() => client.stop());
      return client;
    };
    const before = page();
    const chat = await before.openChat({ name: 'Carla', message: 'Hello?' });
    await until(chat.state, isSettled);
    await away.stop();
    chat.send('first');
    before.stop();

    const after = page();
    const again = await after.openChat({ message: 'second' });
    expect(again.id).toBe(chat.id);
    expect(again.state.get().messages.map(({ content }) => content)).toEqual(['first', 'second']);
    await away.start();
    const state = await until(again.state, (now) => now.lastSeq === 3 && isSettled(now));
    expect(linesOf(state)).toEqual(['1 customer: Hello?', '2 customer: first', '3 customer: second']);
  });

  test('what is written while a chat is being opened goes behind its first message', async () => {
    const visitor = newVisitor(server.url);
    const texts = ['first', 'second', 'third'];
    const chats = await Promise.all(texts.map((message) => visitor.openChat({ name: 'Carla', message })));
    expect(new Set(chats).size).toBe(1);
    const [chat] = chats;
    const state = chat && (await until(chat.state, (now) => now.lastSeq === 3 && isSettled(now)));
    expect(state?.messages.map(({ content }) => content)).toEqual(texts);
  });

  test('a message whose acknowledgement is lost is stored once', async () => {
    let cuts = 0;
    const proxy = meddle(server.url, (frame, from) => {
      const isIts = from === 'server' && frame.startsWith('43') && frame.includes('Only once');
      if (!isIts || cuts > 0) return frame;
      cuts += 1;
      return 'cut';
    });
    const visitor = newVisitor(proxy.url);
    await visitor.start();
    await until(visitor.connection, (state) => state === 'online');
    const chat = await visitor.openChat({ name: 'Carla', message: 'Hello?' });
    chat.send('Only once, please.');
    chat.send('And this after it.');
    const state = await until(chat.state, (now) => now.lastSeq === 3 && isSettled(now));
    expect(linesOf(state)).toEqual([
      '1 customer: Hello?',
      '2 customer: Only once, please.',
      '3 customer: And this after it.',
    ]);
    expect(cuts).toBe(1);
  });

  test('connections that are cut again and again lose and double nothing', async () => {
    let frames = 0;
    const proxy = meddle(server.url, (frame) => (++frames % 61 === 0 ? 'cut' : frame));
    const { customerChat, agentChat } = await converse(proxy.url);
    const numbers = Array.from({ length: 50 }, (_, at) => `${at}`);
    for (const text of numbers) {
      customerChat.send(text);
      agentChat.send(text);
    }
    const complete = (state: ChatState) => state.lastSeq === 101 && isSettled(state);
    const atAgent = await until(agentChat.state, complete);
    const atCustomer = await until(customerChat.state, complete);
    expect(linesOf(atAgent)).toEqual(linesOf(atCustomer));
    expect(atCustomer.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 101 }, (_, at) => at + 1));
    const own = ({ messages }: ChatState) =>
      messages.filter(({ mine }) => mine).map(({ content }) => content);
    expect(own(atCustomer)).toEqual(['Hello?', ...numbers]);
    expect(own(atAgent)).toEqual(numbers);
  });

  test('a server that speaks another protocol ends the live connection, and REST goes on', async () => {
    const proxy = meddle(server.url, (frame) => frame.replace('"protocol":1', '"protocol":9'));
    const visitor = newVisitor(proxy.url);
    await visitor.start();
    await until(visitor.connection, (state) => state === 'stopped');
    const chat = await visitor.openChat({ name: 'Carla', message: 'Hello?' });
    expect(linesOf(await until(chat.state, ({ lastSeq }) => lastSeq === 1))).toEqual(['1 customer: Hello?']);
    expect(visitor.connection.get()).toBe('stopped');
  });

  test('too many messages go out a little later, all of them', async () => {
    const strict = await restartable({ SOCKET_RATE_LIMIT_PER_SECOND: '1' });
    let refusals = 0;
    const proxy = meddle(strict.url, (frame) => {
      if (frame.includes('RATE_LIMITED')) refusals += 1;
      return frame;
    });
    const visitor = newVisitor(proxy.url);
    await visitor.start();
    // Over HTTP this limit does not count.
    await until(visitor.connection, (state) => state === 'online');
    const chat = await visitor.openChat({ name: 'Carla', message: 'message 1' });
    const texts = ['message 2', 'message 3', 'message 4', 'message 5', 'message 6'];
    for (const text of texts) chat.send(text);
    const state = await until(chat.state, (now) => now.lastSeq === 6 && isSettled(now));
    expect(state.messages.map(({ content }) => content)).toEqual(['message 1', ...texts]);
    expect(refusals).toBeGreaterThan(0);
  });
});

describe('a session that ends', () => {
  test('by another login: expired, and what is written meanwhile goes out after the next login', async () => {
    const { agent, agentChat, customerChat, email } = await converse(server.url);
    const elsewhere = await signedIn(server.url, email);
    expect(await elsewhere.auth.revokeOtherSessions()).toBeGreaterThan(0);
    const { user } = await until(agent.session, ({ status }) => status === 'expired');
    expect(user).toMatchObject({ email });
    await until(agent.connection, (state) => state === 'stopped');
    expect(await refusal(agent.chats.list())).toMatchObject({ code: 'UNAUTHENTICATED' });
    const key = agentChat.send('Written without a session');
    expect(agentChat.state.get().messages.at(-1)).toMatchObject({ key, state: 'sending' });

    await agent.auth.login({ email, password: PASSWORD });
    const sent = await until(agentChat.state, (state) => state.lastSeq === 2 && isSettled(state));
    expect(sent.messages.at(-1)).toMatchObject({ key, state: 'sent' });
    const arrived = await until(customerChat.state, ({ lastSeq }) => lastSeq === 2);
    expect(linesOf(arrived)).toEqual(['1 customer: Hello?', '2 agent: Written without a session']);
    expect(elsewhere.session.get().status).toBe('signed-in');
  });

  test('of a suspended user: expired, no login, and all goes on once they may again', async () => {
    const { agent, agentChat, email } = await converse(server.url);
    const admin = await signedIn(server.url, ADMIN.email, ADMIN.password);
    const { id = '' } = agent.session.get().user ?? {};
    await admin.users.update(id, { status: 'suspended' });
    await until(agent.session, ({ status }) => status === 'expired');
    const key = agentChat.send('I am still here');
    const refused = await refusal(agent.auth.login({ email, password: PASSWORD }));
    expect(refused).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    expect(agent.session.get().status).toBe('expired');
    await admin.users.update(id, { status: 'active' });
    await agent.auth.login({ email, password: PASSWORD });
    // The chat waits for somebody again: it is not theirs until they claim it anew.
    const waiting = await until(agentChat.state, ({ status, messages }) => {
      return status === 'waiting' && messages.at(-1)?.state === 'failed';
    });
    expect(waiting.messages.at(-1)?.error?.code).toBe('FORBIDDEN');
    await agent.chats.assign(agentChat.id);
    agentChat.retry(key);
    await until(agentChat.state, (state) => state.lastSeq === 3 && isSettled(state));
  });

  test('without a cookie the client is signed out; after a logout nothing is connected', async () => {
    const email = await inviteAgent(server.url, 'Anna Agent');
    const agent = newAgent(server.url);
    await agent.start();
    expect(agent.session.get()).toEqual({ status: 'signed-out', user: null });
    expect(await refusal(agent.auth.login({ email, password: 'not-the-password' }))).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await agent.auth.login({ email, password: PASSWORD });
    await until(agent.connection, (state) => state === 'online');
    await agent.auth.logout();
    expect(agent.session.get()).toEqual({ status: 'signed-out', user: null });
    expect(agent.connection.get()).toBe('stopped');
  });

  test('a visitor whom the server has lost gets a fresh session and talks on', async () => {
    const away = await restartable();
    const visitor = newVisitor(away.url);
    const before = await visitor.openChat({ name: 'Carla', message: 'Remember me' });
    await until(before.state, isSettled);
    const { customer } = await visitor.start();
    await away.stop();
    await away.loseData();
    await away.start();
    const session = await until(visitor.session, (now) => now !== null && now.customer.id !== customer.id);
    expect(session?.chat).toBeNull();
    await until(visitor.connection, (state) => state === 'online');
    expect(visitor.chat.get()).toBeNull();
    const chat = await visitor.openChat({ name: 'Carla', message: 'Hello again' });
    await until(chat.state, (state) => state.lastSeq === 1 && isSettled(state));
  });

  test('a page with something unsent for a chat that the server has lost opens another one', async () => {
    onTestFinished(actAsBrowser());
    const away = await restartable();
    const page = () => {
      const client = createVisitorClient({ server: away.url, site: 'default' });
      onTestFinished(() => client.stop());
      return client;
    };
    const before = page();
    const lost = await before.openChat({ name: 'Carla', message: 'Hello?' });
    await away.stop();
    lost.send('Where are you?');
    before.stop();
    await away.loseData();
    await away.start();

    const after = page();
    await after.start();
    await until(after.chat.get()?.state ?? lost.state, ({ error }) => error?.code === 'NOT_FOUND');
    const chat = await after.openChat({ name: 'Carla', message: 'Hello again' });
    expect(chat.id).not.toBe(lost.id);
    await until(chat.state, (state) => state.lastSeq === 1 && isSettled(state));
  });

  test('a visitor who is erased while connected gets a fresh session with the next message', async () => {
    const visitor = newVisitor(server.url);
    const { customer } = await visitor.start();
    await until(visitor.connection, (state) => state === 'online');
    await server.features.chat.customers.deleteOne({ _id: customer.id });
    const chat = await visitor.openChat({ name: 'Carla', message: 'Hello?' });
    await until(chat.state, (state) => state.lastSeq === 1 && isSettled(state));
    expect(visitor.session.get()?.customer.id).not.toBe(customer.id);
    const { agent } = await hireAgent(server.url, 'Anna Agent');
    await agent.chats.assign(chat.id);
    await until(chat.state, ({ status }) => status === 'active');
  });
});

test('clients that are stopped leave nothing running', async () => {
  const email = await inviteAgent(server.url, 'Anna Agent');
  const program = fileURLToPath(new URL('testing/clients-that-stop.ts', import.meta.url));
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], SERVER: server.url, EMAIL: email, PASSWORD },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  expect(await once(child, 'close'), output).toEqual([0, null]);
  const [, stopped, exits] = /^stopped (\d+)\nexits (\d+)\n$/.exec(output) ?? [];
  // The shortest of the client's longer waits (to repeat, to expire, to be welcomed) is 3 seconds.
  expect(Number(exits) - Number(stopped), output).toBeLessThan(2_500);
  expect((await rest(server.url, 'GET /api/health')).status).toBe(200);
});
