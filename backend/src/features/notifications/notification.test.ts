import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connectSocket, type TestSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { MENTION_JOB } from './index.ts';

let server: TestServer;
let admin: Person;
let author: Person;
let chatId: string;
let otherChatId: string;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  author = await createPerson(server.url, admin, { department: 'Technical', name: 'Anna Agent' });
  const newChat = async () =>
    createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
  chatId = await newChat();
  otherChatId = await newChat();
});

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(() => stopTestServer(server));

/** Somebody of the department who was never connected. */
const colleague = () => createPerson(server.url, admin, { department: 'Technical' });

async function live(person: Person): Promise<TestSocket> {
  const socket = await connectSocket(server.url, person.token);
  sockets.push(socket);
  return socket;
}

async function mention(people: Person[], content = 'Look', about = chatId): Promise<string> {
  const body = { content, mentions: people.map(({ id }) => id) };
  const added = await rest(server.url, `POST /api/chats/${about}/notes`, { token: author.token, body });
  expect(added.status).toBe(201);
  await server.features.bus.idle(5_000);
  return String(added.data['id']);
}

const list = ({ token }: Person, query = '') => rest(server.url, `GET /api/notifications${query}`, { token });
const unread = async ({ token }: Person) =>
  (await rest(server.url, 'GET /api/notifications/unread', { token })).data;
/** The answer where so many, all about the one chat, are left. */
const left = (count: number) => ({ unread: count, chatIds: count === 0 ? [] : [chatId] });
const read = ({ token }: Person, body: object) =>
  rest(server.url, 'POST /api/notifications/read', { token, body });

test('who was not there finds their mentions when they come, newest first and by pages; nobody else does', async () => {
  const [named, other] = [await colleague(), await colleague()];
  const noteIds = [];
  for (const text of ['one', 'two', 'three']) noteIds.push(await mention([named, author], text));
  expect(await unread(named)).toEqual(left(3));
  const first = await list(named, '?limit=2');
  const second = await list(named, `?limit=2&cursor=${first.page?.nextCursor}`);
  expect(first.list[0]).toEqual({
    id: expect.any(String),
    kind: 'mention',
    chatId,
    noteId: noteIds[2],
    by: { id: author.id, name: 'Anna Agent' },
    about: { customerName: 'Carla Customer', text: 'three' },
    timestamp: expect.any(String),
    readAt: null,
  });
  expect([...first.list, ...second.list].map(({ noteId }) => noteId)).toEqual(noteIds.toReversed());
  expect(second.page?.nextCursor).toBeNull();
  // Nor does the author, who named themselves.
  for (const person of [other, author])
    expect([(await list(person)).list, await unread(person)]).toEqual([[], left(0)]);
});

test('some, those of a chat or all are marked as read, on every device, and only one’s own', async () => {
  const [named, other] = [await colleague(), await colleague()];
  const desk = await live(named);
  for (const text of ['one', 'two', 'three']) await mention([named, other], text);
  const ids = (await list(named)).list.map(({ id }) => String(id));
  expect((await read(other, { ids })).data).toEqual(left(3));
  expect((await read(named, { ids: ids.slice(0, 1) })).data).toEqual(left(2));
  const which = { ids: ids.slice(0, 1) };
  expect(await desk.hear('notifications_read')).toEqual({ ...left(2), which });
  const readAts = (await list(named)).list.map(({ readAt }) => readAt);
  expect(readAts).toEqual([expect.any(String), null, null]);
  expect((await read(named, { chatId: '0'.repeat(24) })).data).toEqual(left(2));
  expect((await read(named, { chatId })).data).toEqual(left(0));
  expect((await read(other, { all: true })).data).toEqual(left(0));
  for (const body of [{}, { all: true, chatId }, { ids: [] }, { all: false }]) {
    expect((await read(named, body)).error?.code).toBe('VALIDATION_FAILED');
  }
});

test('the chats with unread ones are told, each once, the newest first, until theirs are read', async () => {
  const named = await colleague();
  const chatIds = [otherChatId, chatId].toSorted().toReversed();
  for (const about of [chatId, otherChatId, chatId]) await mention([named], 'Look', about);
  expect(await unread(named)).toEqual({ unread: 3, chatIds });
  expect((await read(named, { chatId: otherChatId })).data).toEqual(left(2));
  const [newest] = (await list(named)).list;
  expect((await read(named, { ids: [String(newest?.['id'])] })).data).toEqual(left(1));
  await read(named, { all: true });
  expect(await unread(named)).toEqual(left(0));
});

test('a mention that a crash kept from being kept is kept by the next look, told once, and stored once', async () => {
  const named = await colleague();
  const desk = await live(named);
  const { notes, jobs, bus, chat, notifications } = server.features;
  const [note] = await notes.notes.create([
    {
      subjectKind: 'chat',
      subjectId: chatId,
      authorId: author.id,
      authorName: 'Anna Agent',
      content: 'Before the crash',
      mentions: [named.id],
      mentionsDue: true,
    },
  ]);
  if (!note) throw expect.fail('the note was not stored');
  await jobs.schedule(MENTION_JOB, 'all', chat.now());
  await jobs.runDue();
  expect(await desk.hear('notification')).toMatchObject({
    noteId: String(note._id),
    text: 'Before the crash',
  });
  expect(await unread(named)).toEqual(left(1));
  // The process that was thought dead comes to it too.
  const record = await chat.chats.findById(chatId).lean();
  bus.publish('note.added', { note: note.toObject(), chat: record ?? expect.fail('there is no chat') });
  await bus.idle(5_000);
  expect(desk.heard.filter(({ event }) => event === 'notification')).toHaveLength(1);
  expect(await notifications.notifications.countDocuments({ noteId: note._id })).toBe(1);
  expect(await notes.notes.findById(note._id).lean()).not.toHaveProperty('mentionsDue');
});

test.each([{ department: 'Sales' }, { role: 'user' }, { status: 'suspended' }])(
  'after a crash whoever may not see the chat any more (%o) is told nothing of it',
  async (change) => {
    const [named, other] = [await colleague(), await colleague()];
    const { notes, jobs, chat, notifications } = server.features;
    const [note] = await notes.notes.create([
      {
        subjectKind: 'chat',
        subjectId: chatId,
        authorId: author.id,
        authorName: 'Anna Agent',
        content: 'A secret',
        mentions: [named.id, other.id],
        mentionsDue: true,
      },
    ]);
    await rest(server.url, `PATCH /api/users/${named.id}`, { token: admin.token, body: change });
    const [theirs, desk] = [change.status ? null : await live(named), await live(other)];
    await jobs.schedule(MENTION_JOB, 'all', chat.now());
    await jobs.runDue();
    await desk.hear('notification');
    // What was told before an answer is heard before it.
    await theirs?.send('sync_inbox', {});
    expect(theirs?.heard.filter(({ event }) => event === 'notification') ?? []).toEqual([]);
    expect(await notifications.notifications.countDocuments({ noteId: String(note?._id) })).toBe(1);
  },
);

test('what a note says is shown only to who may see its chat, and only as long as it is there', async () => {
  const named = await colleague();
  const noteId = await mention([named], 'A secret');
  const stored = await server.features.notifications.notifications.find({ noteId }).lean();
  expect(JSON.stringify(stored)).not.toContain('secret');
  const move = (department: string) =>
    rest(server.url, `PATCH /api/users/${named.id}`, { token: admin.token, body: { department } });
  await move('Sales');
  expect((await list(named)).list).toMatchObject([{ noteId, about: null }]);
  await move('Technical');
  expect((await list(named)).list).toMatchObject([{ noteId, about: { text: 'A secret' } }]);
  await server.features.notes.notes.deleteOne({ _id: noteId });
  expect((await list(named)).list).toMatchObject([{ noteId, about: null }]);
});

test('they are kept for 90 days', async () => {
  const indexes = await server.features.notifications.notifications.collection.indexes();
  expect(indexes).toContainEqual(
    expect.objectContaining({ key: { createdAt: 1 }, expireAfterSeconds: 90 * 24 * 60 * 60 }),
  );
});
