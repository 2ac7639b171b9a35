import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../lib/context.ts';
import { createLogger } from '../../lib/log.ts';
import { connectSocket, type TestSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { markRead } from './mark-read.ts';

let server: TestServer;
let admin: Person;
let technical: Person;
let sales: Person;
const sockets: TestSocket[] = [];

async function live(person: Person): Promise<TestSocket> {
  const socket = await connectSocket(server.url, person.token);
  sockets.push(socket);
  return socket;
}

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  technical = await createPerson(server.url, admin, { department: 'Technical', name: 'Anna Agent' });
  sales = await createPerson(server.url, admin, { department: 'Sales', name: 'Sam Sales' });
});

afterAll(async () => {
  for (const socket of sockets) socket.close();
  await stopTestServer(server);
});

test('an agent who loses a chat of another department hears that, and nothing of it afterwards', async () => {
  const visitor = await createVisitor(server.url);
  const [customer, boss, lent] = [await live(visitor), await live(admin), await live(sales)];
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  const isIt = (event: Record<string, unknown>) => event['chatId'] === chatId;
  await boss.send('assign_chat', { chatId, agentId: sales.id });
  await lent.send('watch_chat', { chatId });
  await boss.send('assign_chat', { chatId, agentId: technical.id });
  await lent.hear('chat_assigned', (event) => isIt(event) && event['agentId'] === technical.id);
  await lent.hear('chat_updated', (event) => isIt(event) && event['lastRev'] === 3);

  const sent = await customer.send('send_message', { chatId, message: 'My password is …' });
  expect(sent.success).toBe(true);
  // What is told of a later chat to all agents comes after whatever would have been told of this one.
  const later = await createChat(server.url, await createVisitor(server.url));
  await lent.hear('new_chat', (event) => event['chatId'] === later);
  expect(lent.heard.filter(({ event, payload }) => event === 'new_message' && isIt(payload))).toEqual([]);
  expect((await lent.send('unwatch_chat', { chatId })).success).toBe(true);
});

test('those who may still see it go on watching when a chat changes hands', async () => {
  const visitor = await createVisitor(server.url);
  const [customer, boss, watcher] = [await live(visitor), await live(admin), await live(technical)];
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  await watcher.send('watch_chat', { chatId });
  await boss.send('watch_chat', { chatId });
  await boss.send('assign_chat', { chatId, agentId: sales.id });
  await customer.send('send_message', { chatId, message: 'Still there?' });
  const isIt = (event: Record<string, unknown>) => event['chatId'] === chatId && event['seq'] === 2;
  expect(await watcher.hear('new_message', isIt)).toMatchObject({ content: 'Still there?' });
  expect(await boss.hear('new_message', isIt)).toMatchObject({ content: 'Still there?' });
});

test('an admin takes an active chat by naming themselves; without a name it stays a claim', async () => {
  const boss = await live(admin);
  const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: technical.token, body: {} });
  expect((await boss.send('assign_chat', { chatId })).error?.code).toBe('CONFLICT');
  expect((await boss.send('assign_chat', { chatId, agentId: admin.id })).data).toMatchObject({
    agentId: admin.id,
    status: 'active',
  });
  const read = () => rest(server.url, `GET /api/chats/${chatId}`, { token: admin.token });
  expect((await read()).data['agent']).toMatchObject({ id: admin.id });
});

test('a chat that is given to whoever has it does not change', async () => {
  const boss = await live(admin);
  const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
  await boss.send('assign_chat', { chatId, agentId: technical.id });
  const read = () => rest(server.url, `GET /api/chats/${chatId}`, { token: admin.token });
  const before = (await read()).data;
  expect((await boss.send('assign_chat', { chatId, agentId: technical.id })).data).toEqual({
    chatId,
    agentId: technical.id,
    agentName: 'Anna Agent',
    status: 'active',
  });
  expect((await read()).data).toEqual(before);
});

test('an admin’s gift and its agent’s end of a chat at once: one of them happens', async () => {
  const [boss, agent] = [await live(admin), await live(technical)];
  for (let round = 0; round < 40; round += 1) {
    const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
    await agent.send('assign_chat', { chatId });
    const [given, closed] = await Promise.all([
      boss.send('assign_chat', { chatId, agentId: sales.id }),
      agent.send('close_chat', { chatId }),
    ]);
    expect([given.error?.code, closed.error?.code]).toEqual(
      given.success ? [undefined, 'FORBIDDEN'] : ['CHAT_CLOSED', undefined],
    );
  }
});

test('who loses a chat between the check and the write marks nothing of it as read', async () => {
  const { chat: needs } = server.features;
  const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: technical.token, body: {} });
  // Begun first, so that the check reads before it is committed; a server with many connections may order them otherwise.
  const [given, marked] = await Promise.allSettled([
    needs.chats
      .findOneAndUpdate({ _id: chatId }, { $set: { assignedAgentId: sales.id } }, { returnDocument: 'after' })
      .lean(),
    markRead(needs, await contextOf(technical), { chatId }),
  ]);
  const readBefore = given.status === 'fulfilled' ? given.value?.readByAgent : undefined;
  expect(marked).toMatchObject(
    readBefore === 1
      ? { status: 'fulfilled', value: { seq: 1 } }
      : { status: 'rejected', reason: { code: 'FORBIDDEN' } },
  );
  const { data } = await rest(server.url, `GET /api/chats/${chatId}`, { token: admin.token });
  expect(data['read']).toEqual({ customer: 0, agent: readBefore });
});

/** As a service gets it from a request of this agent. */
async function contextOf(person: Person): Promise<Context> {
  const actor = await server.features.authenticator.byToken(person.token, {
    origin: null,
    serverOrigin: server.url,
  });
  return {
    actor,
    requestId: 'test',
    log: createLogger('silent'),
    ip: '127.0.0.1',
    userAgent: '',
    origin: null,
    serverOrigin: server.url,
    replyHeaders: new Headers(),
    afterwards: (work) => work(),
  };
}
