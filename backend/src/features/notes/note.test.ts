import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hireAgent, stopClients } from '../../testing/live-clients.ts';
import { connectSocket, type TestSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let admin: Person;
let technical: Person;
let colleague: Person;
let sales: Person;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  technical = await createPerson(server.url, admin, { department: 'Technical', name: 'Anna Agent' });
  colleague = await createPerson(server.url, admin, { department: 'Technical' });
  sales = await createPerson(server.url, admin, { department: 'Sales' });
});

afterEach(() => {
  stopClients();
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(() => stopTestServer(server));

async function live(person: Person): Promise<TestSocket> {
  const socket = await connectSocket(server.url, person.token);
  sockets.push(socket);
  return socket;
}

const add = (chatId: string, body: object, { token } = technical) =>
  rest(server.url, `POST /api/chats/${chatId}/notes`, { token, body });

test('a note is heard by those who watch the chat or have it, and a mention by who is named; never by the customer', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: admin.token, body: {} });
  const [customer, assignee, watcher, named] = [
    await live(visitor),
    await live(admin),
    await live(technical),
    await live(colleague),
  ];
  await watcher.send('watch_chat', { chatId });
  const mentions = [colleague.id, technical.id, colleague.id];
  const added = await add(chatId, { content: 'He is angry. @Person', mentions });
  expect(added).toMatchObject({
    status: 201,
    data: {
      subject: { kind: 'chat', id: chatId },
      author: { id: technical.id, name: 'Anna Agent' },
      content: 'He is angry. @Person',
      mentions: [colleague.id, technical.id],
    },
  });
  for (const socket of [assignee, watcher]) expect(await socket.hear('note_added')).toEqual(added.data);
  expect(await named.hear('notification')).toEqual({
    id: expect.any(String),
    kind: 'mention',
    chatId,
    noteId: added.data['id'],
    by: { id: technical.id, name: 'Anna Agent' },
    text: 'He is angry. @Person',
    timestamp: added.data['timestamp'],
  });
  // It is no message: the next one has the next number, and what the customer then hears is that.
  await customer.send('send_message', { chatId, message: 'Well?' });
  await customer.hear('new_message', (message) => message['seq'] === 2);
  const names = (socket: TestSocket) => socket.heard.map(({ event }) => event);
  expect(names(customer)).not.toContain('note_added');
  expect(names(named)).not.toContain('note_added');
  expect(names(watcher)).not.toContain('notification');
  const { data } = await rest(server.url, `GET /api/chats/${chatId}/messages`, { token: visitor.token });
  expect(JSON.stringify(data)).not.toContain('angry');
});

test('who may not see the chat cannot be mentioned: another department, a customer with a login, nobody', async () => {
  const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
  const user = await createPerson(server.url, admin, { role: 'user' });
  const suspended = await createPerson(server.url, admin, { department: 'Technical' });
  const body = { status: 'suspended' };
  await rest(server.url, `PATCH /api/users/${suspended.id}`, { token: admin.token, body });
  for (const id of [sales.id, user.id, suspended.id, '0'.repeat(24)]) {
    const { error } = await add(chatId, { content: 'Look', mentions: [technical.id, id] });
    expect(error?.code).toBe('VALIDATION_FAILED');
  }
  const { list } = await rest(server.url, `GET /api/chats/${chatId}/notes`, { token: technical.token });
  expect(list).toEqual([]);
});

test('notes come newest first in pages, after the end of the chat too; the agent’s client has them', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor);
  await rest(server.url, `POST /api/chats/${chatId}/close`, { token: visitor.token });
  const { agent } = await hireAgent(server.url, 'Nora Notes');
  const heard = new Promise((resolve) => agent.on('notification', resolve));
  const written = Array.from({ length: 5 }, (_, index) => `note ${index}`);
  for (const content of written) await agent.chats.addNote(chatId, { content });
  const first = await agent.chats.notes(chatId, { limit: 3 });
  const second = await agent.chats.notes(chatId, { limit: 3, cursor: first.nextCursor ?? '' });
  expect([...first.items, ...second.items].map(({ content }) => content)).toEqual(written.toReversed());
  expect([first.items.length, second.nextCursor]).toEqual([3, null]);
  await add(chatId, { content: 'Nora?', mentions: [agent.session.get().user?.id] });
  expect(await heard).toMatchObject({ kind: 'mention', chatId });
  expect((await agent.notifications.list({ limit: 1 })).items).toMatchObject([{ chatId, readAt: null }]);
  expect(await agent.notifications.unread()).toEqual({ unread: 1, chatIds: [chatId] });
  expect(await agent.notifications.markRead({ all: true })).toEqual({ unread: 0, chatIds: [] });
});
