import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { followedByCustomers } from './heartbeat.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => stopTestServer(server));

const open = (visitor: Person, body: object) =>
  rest(server.url, 'POST /api/chats', { token: visitor.token, body });
const close = (visitor: Person, chatId: string) =>
  rest(server.url, `POST /api/chats/${chatId}/close`, { token: visitor.token });

describe('an opening that is sent again', () => {
  test('finds the chat that its message was added to, though that has ended', async () => {
    const visitor = await createVisitor(server.url);
    const chatId = await createChat(server.url, visitor);
    const added = { name: 'Carla', message: 'One more thing', clientMessageId: 'added' };
    expect((await open(visitor, added)).data).toMatchObject({ chatId, lastSeq: 2 });
    await close(visitor, chatId);
    expect((await open(visitor, added)).data).toMatchObject({ chatId, status: 'closed', lastSeq: 2 });
    const { list } = await rest(server.url, 'GET /api/chats', { token: visitor.token });
    expect(list).toHaveLength(1);
    const changed = await open(visitor, { ...added, message: 'Something else' });
    expect(changed.error?.code).toBe('CONFLICT');
  });

  test('finds the chat that it made, which has ended, and not the one that is open since', async () => {
    const visitor = await createVisitor(server.url);
    const first = { name: 'Carla', message: 'Please help', clientMessageId: 'first' };
    const made = await open(visitor, first);
    const chatId = String(made.data['chatId']);
    await close(visitor, chatId);
    const later = await open(visitor, { name: 'Carla', message: 'Hello again', clientMessageId: 'second' });
    expect(later.data['chatId']).not.toBe(chatId);
    const socket = await connectSocket(server.url, visitor.token);
    expect((await socket.send('join_chat', first)).data).toMatchObject({
      chatId,
      status: 'closed',
      lastSeq: 1,
    });
    expect((await open(visitor, first)).data).toMatchObject({ chatId, lastSeq: 1 });
    expect(await server.features.chat.messages.countDocuments({ chatId: String(later.data['chatId']) })).toBe(
      1,
    );
    socket.close();
  });

  test('of somebody else’s id opens a chat', async () => {
    const [one, other] = [await createVisitor(server.url), await createVisitor(server.url)];
    const first = await open(one, { name: 'Carla', message: 'Hello', clientMessageId: 'shared' });
    await close(one, String(first.data['chatId']));
    const second = await open(other, { name: 'Carl', message: 'Hello', clientMessageId: 'shared' });
    expect(second.data).toMatchObject({ status: 'waiting', lastSeq: 1 });
    expect(second.data['chatId']).not.toBe(first.data['chatId']);
  });
});

test('an opening that is refused leaves the customer as they were', async () => {
  const visitor = await createVisitor(server.url);
  const said = { name: 'Mallory', email: 'mallory@example.com', message: 'Hello' };
  expect((await open(visitor, { ...said, department: 'No such' })).error?.code).toBe('VALIDATION_FAILED');
  const session = await rest(server.url, 'POST /api/widget/session', {
    body: { siteKey: 'default', visitorToken: visitor.token },
  });
  expect(session.data['customer']).toMatchObject({ name: null, email: null });
});

describe('what a customer’s connection follows', () => {
  const followed = async (visitor: Person, minutes = 0) => {
    const { chats } = server.features.chat;
    const now = () => new Date(Date.now() + minutes * 60_000);
    const found = await followedByCustomers({ chats, now }, [visitor.id]);
    return found.get(visitor.id)?.map(({ _id }) => String(_id)) ?? [];
  };

  test('is the chat that has just ended too, for ten minutes', async () => {
    const visitor = await createVisitor(server.url);
    const chatId = await createChat(server.url, visitor);
    expect(await followed(visitor)).toEqual([chatId]);
    await close(visitor, chatId);
    expect(await followed(visitor, 9)).toEqual([chatId]);
    expect(await followed(visitor, 11)).toEqual([]);
  });

  test('is the open chat before those that ended; without one only the last', async () => {
    const visitor = await createVisitor(server.url);
    const first = await createChat(server.url, visitor);
    await close(visitor, first);
    const second = await createChat(server.url, visitor);
    expect(await followed(visitor)).toEqual([second, first]);
    await close(visitor, second);
    expect(await followed(visitor)).toEqual([second]);
  });
});

test('half a surrogate pair is stored as it is compared: sent again, it is the same message', async () => {
  const visitor = await createVisitor(server.url);
  const socket = await connectSocket(server.url, visitor.token);
  const chatId = await createChat(server.url, visitor);
  const message = { chatId, message: 'cut here: \ud83d', clientMessageId: 'cut' };
  const first = await socket.send('send_message', message);
  expect(first.data).toMatchObject({ content: 'cut here: \ufffd' });
  expect((await socket.send('send_message', message)).data).toEqual(first.data);
  socket.close();
});

test('an agent’s repeated message is answered with what it stored, though the chat has left them', async () => {
  const admin = await loginAdmin(server.url);
  const agent = await createPerson(server.url, admin, { department: 'Technical' });
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  const socket = await connectSocket(server.url, agent.token);
  await socket.send('assign_chat', { chatId });
  const message = { chatId, message: 'I look into it', clientMessageId: 'answer' };
  const stored = await socket.send('agent_message', message);
  const body = { department: 'Sales' };
  const moved = await rest(server.url, `POST /api/chats/${chatId}/transfer`, { token: admin.token, body });
  expect(moved.status).toBe(200);
  expect((await socket.send('agent_message', message)).data).toEqual(stored.data);
  expect((await socket.send('agent_message', { ...message, message: 'Something else' })).error?.code).toBe(
    'CONFLICT',
  );
  const unheard = { ...message, clientMessageId: 'another' };
  expect((await socket.send('agent_message', unheard)).error?.code).toBe('NOT_FOUND');
  socket.close();
});

test('an opening without an id of its own that is sent again adds nothing; other words are added', async () => {
  const visitor = await createVisitor(server.url);
  const said = { name: 'Carla', email: 'carla@example.com', department: null, message: 'Hello' };
  const socket = await connectSocket(server.url, visitor.token);
  const join = async (more: object = {}) => (await socket.send('join_chat', { ...said, ...more })).data;
  const first = await join();
  const { chatId } = first;
  expect(first).toMatchObject({ lastSeq: 1 });
  expect(await join()).toMatchObject({ chatId, lastSeq: 1 });
  expect(await join({ chatId })).toMatchObject({ chatId, lastSeq: 1 });
  expect(await join({ chatId, message: 'And this' })).toMatchObject({ chatId, lastSeq: 2 });
  expect(await join({ chatId, message: 'And this' })).toMatchObject({ chatId, lastSeq: 2 });
  expect(await join({ message: 'And that' })).toMatchObject({ chatId, lastSeq: 3 });
  // A page that knows nothing but its first message says it on each connection.
  expect(await join({ chatId })).toMatchObject({ chatId, lastSeq: 3 });
  const opening = await server.features.chat.messages.findOne({ chatId: String(chatId), seq: 1 }).lean();
  await socket.send('edit_message', { chatId, id: String(opening?._id), message: 'Good morning' });
  expect(await join({ chatId })).toMatchObject({ chatId, lastSeq: 3 });
  socket.close();
});
