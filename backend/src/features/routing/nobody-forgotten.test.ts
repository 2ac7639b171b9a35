import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectSocket } from '../../testing/live-socket.ts';
import { createVisitor, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { about, startRoutedDesk, type DeskAgent, type RoutedDesk } from '../../testing/routed-desk.ts';

let desk: RoutedDesk;

beforeAll(async () => {
  desk = await startRoutedDesk();
});

afterAll(() => desk.stop());

const write = (visitor: Person, chatId: string) =>
  rest(desk.server.url, `POST /api/chats/${chatId}/messages`, {
    token: visitor.token,
    body: { message: 'Still not solved' },
  });
const close = (visitor: Person, chatId: string) =>
  rest(desk.server.url, `POST /api/chats/${chatId}/close`, { token: visitor.token, body: {} });

/** An agent who takes one chat at a time. */
async function single(department: string): Promise<DeskAgent> {
  const agent = await desk.agent(department, { name: 'Anna' });
  await desk.call(`PATCH /api/users/${agent.id}`, { maxConcurrentChats: 1 });
  const socket = await connectSocket(desk.server.url, agent.token);
  return { ...agent, socket };
}

test('a chat that its customer reopens is offered like a new one', async () => {
  const department = await desk.department();
  const anna = await desk.agent(department, { name: 'Anna' });
  const visitor = await createVisitor(desk.server.url);
  const chatId = await desk.chat(department, visitor);
  await anna.socket.hear('chat_offered', about(chatId));
  await anna.socket.send('accept_offer', { chatId });
  await close(visitor, chatId);
  anna.socket.heard.splice(0);
  expect((await write(visitor, chatId)).status).toBe(201);
  expect(await anna.socket.hear('chat_offered', about(chatId))).toMatchObject({ chatId });
  const chat = await desk.server.features.chat.chats.findById(chatId).lean();
  expect(chat?.waitingSince).toEqual(chat?.reopenedAt);
  expect(chat?.queuedAt).toEqual(chat?.reopenedAt);
});

test('a chat that is reopened is offered after those who wait', async () => {
  const department = await desk.department();
  const visitor = await createVisitor(desk.server.url);
  const reopened = await desk.chat(department, visitor);
  await close(visitor, reopened);
  const order: string[] = [];
  for (let count = 0; count < 2; count += 1) {
    await desk.pass(1);
    order.push(await desk.chat(department));
  }
  await desk.pass(1);
  await write(visitor, reopened);
  order.push(reopened);
  await expect.poll(() => desk.decisions(reopened)).toEqual(['queued', 'queued']);
  const anna = await desk.agent(department, { name: 'Anna' });
  for (const chatId of order) await anna.socket.hear('chat_offered', about(chatId));
  const offered = anna.socket.heard.filter(({ event }) => event === 'chat_offered');
  expect(offered.map(({ payload }) => payload['chatId'])).toEqual(order);
});

test.each([
  ['is closed by its customer', (visitor: Person, chatId: string) => close(visitor, chatId)],
  [
    'is claimed by an admin',
    (_: Person, chatId: string) => desk.call(`POST /api/chats/${chatId}/assign`, {}),
  ],
])('a chat that is offered and %s leaves room for the next', async (_how, end) => {
  const department = await desk.department();
  const { socket } = await single(department);
  const visitor = await createVisitor(desk.server.url);
  const first = await desk.chat(department, visitor);
  await socket.hear('chat_offered', about(first));
  const second = await desk.chat(department);
  await expect.poll(() => desk.decisions(second)).toEqual(['queued']);
  await end(visitor, first);
  expect(await socket.hear('chat_offered', about(second))).toMatchObject({ chatId: second });
  socket.close();
});

test.each([{ status: 'suspended' }, { role: 'user' }])(
  'the chats of an agent who becomes %o wait again, and go to a colleague',
  async (change) => {
    const department = await desk.department();
    const anna = await desk.agent(department, { name: 'Anna' });
    const visitor = await createVisitor(desk.server.url);
    const chatId = await desk.chat(department, visitor);
    await anna.socket.hear('chat_offered', about(chatId));
    await anna.socket.send('accept_offer', { chatId });
    const bert = await desk.agent(department, { name: 'Bert' });
    const customer = await connectSocket(desk.server.url, visitor.token);
    expect((await desk.call(`PATCH /api/users/${anna.id}`, change)).status).toBe(200);
    expect(await bert.socket.hear('chat_offered', about(chatId))).toMatchObject({ chatId });
    expect(await customer.hear('new_message', ({ sender }) => sender === 'system')).toMatchObject({ chatId });
    expect((await bert.socket.send('accept_offer', { chatId })).data).toMatchObject({ agentName: 'Bert' });
    expect(await desk.decisions(chatId)).toContain('withdrawn Anna');
    customer.close();
  },
);

test('a chat that is reopened in a department that is no more is everybody’s', async () => {
  const department = await desk.department();
  const visitor = await createVisitor(desk.server.url);
  const chatId = await desk.chat(department, visitor);
  await close(visitor, chatId);
  const { list } = await desk.call('GET /api/departments');
  const gone = list.find(({ name }) => name === department);
  expect((await desk.call(`DELETE /api/departments/${String(gone?.['id'])}`)).status).toBe(200);
  const anna = await desk.agent(null, { name: 'Anna' });
  await write(visitor, chatId);
  expect(await anna.socket.hear('chat_offered', about(chatId))).toMatchObject({ department: null });
});

test('what no event told of is found within a minute: a chat without an offer, an offer to who is not there', async () => {
  const department = await desk.department();
  const anna = await desk.agent(department, { name: 'Anna' });
  const chatId = await desk.chat(department);
  await anna.socket.hear('chat_offered', about(chatId));
  anna.socket.heard.splice(0);
  // As after a crash between a commit and what follows it.
  const { chats } = desk.server.features.chat;
  await chats.updateOne({ _id: chatId }, { $set: { offer: null } });
  await desk.pass(61);
  expect(await anna.socket.hear('chat_offered', about(chatId))).toMatchObject({ chatId });

  // Its job came while the chat had ended, and is done.
  anna.socket.heard.splice(0);
  const over = { 'offer.agentId': anna.id, 'offer.expiresAt': new Date(desk.now().getTime() - 600_000) };
  await chats.updateOne({ _id: chatId }, { $set: over });
  await desk.pass(61);
  expect(await anna.socket.hear('chat_offered', about(chatId))).toMatchObject({ chatId });

  const absent = '0'.repeat(24);
  const expiresAt = new Date(desk.now().getTime() + 600_000);
  const given = { 'offer.agentId': absent, 'offer.expiresAt': expiresAt };
  await chats.updateOne({ _id: chatId }, { $set: given });
  await desk.pass(61);
  await expect.poll(async () => (await desk.decisions(chatId)).at(-1)).toBe('offered Anna');
  expect(await desk.decisions(chatId)).toContain('withdrawn Somebody');
});
