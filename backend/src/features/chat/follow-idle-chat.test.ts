import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

const MINUTE = 60_000;

let server: TestServer;
let admin: Person;
let agent: Person;
let siteId: string;
let time = Date.UTC(2036, 0, 7, 9);

beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(time) });
  admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { department: 'Technical' });
  const { list } = await rest(server.url, 'GET /api/sites', { token: admin.token });
  siteId = String(list[0]?.['id']);
});

beforeEach(() => setSite({ idleWarningMinutes: 10, idleCloseMinutes: 15 }));
afterAll(() => stopTestServer(server));

const setSite = (body: object) =>
  rest(server.url, `PATCH /api/sites/${siteId}`, { token: admin.token, body });
const say = (person: Person, chatId: string, message: string) =>
  rest(server.url, `POST /api/chats/${chatId}/messages`, { token: person.token, body: { message } });
const read = async (chatId: string) =>
  (await rest(server.url, `GET /api/chats/${chatId}`, { token: admin.token })).data;

/** Lets time pass, and everything be done that is due then. */
async function pass(minutes: number): Promise<void> {
  time += minutes * MINUTE;
  await server.features.jobs.runDue();
}

/** A chat in which the agent has spoken last. */
async function answered() {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: agent.token, body: {} });
  await say(agent, chatId, 'How can I help?');
  return { visitor, chatId };
}

test('a silent customer is warned, then the system closes the chat', async () => {
  const { visitor, chatId } = await answered();
  const customer = await connectSocket(server.url, visitor.token);
  await pass(9);
  expect(await read(chatId)).toMatchObject({ status: 'active', lastSeq: 2 });
  await pass(1);
  const warning = 'Are you still there? This chat will be closed in 5 minutes unless you answer.';
  expect(await customer.hear('new_message')).toMatchObject({ seq: 3, sender: 'system', content: warning });
  await pass(4);
  expect(await read(chatId)).toMatchObject({ status: 'active', lastSeq: 3 });
  await pass(1);
  expect(await customer.hear('chat_closed')).toMatchObject({ chatId, closedBy: 'system', status: 'closed' });
  await pass(100);
  expect(await read(chatId)).toMatchObject({ status: 'closed', closedBy: 'system', lastSeq: 3 });
  customer.close();
});

test('an answer ends it; it begins anew when the agent has answered that', async () => {
  const { visitor, chatId } = await answered();
  await pass(10);
  await say(visitor, chatId, 'Yes, wait');
  await pass(60);
  expect(await read(chatId)).toMatchObject({ status: 'active', lastSeq: 4 });
  await say(agent, chatId, 'I do');
  await pass(10);
  expect(await read(chatId)).toMatchObject({
    status: 'active',
    lastSeq: 6,
    lastMessage: { sender: 'system' },
  });
  await say(agent, chatId, 'Hello?');
  await pass(9);
  expect(await read(chatId)).toMatchObject({ status: 'active', lastSeq: 7 });
  await pass(6);
  expect(await read(chatId)).toMatchObject({ status: 'active', lastSeq: 8 });
  await pass(5);
  expect(await read(chatId)).toMatchObject({ status: 'closed' });
});

test('a chat whose customer waits for the agent is left alone', async () => {
  const visitor = await createVisitor(server.url);
  const waiting = await createChat(server.url, visitor);
  const { visitor: other, chatId } = await answered();
  await say(other, chatId, 'It broke');
  await pass(1_000);
  expect(await read(waiting)).toMatchObject({ status: 'waiting', lastSeq: 1 });
  expect(await read(chatId)).toMatchObject({ status: 'active', lastSeq: 3 });
});

test('the site may close without a warning, change its mind, and never close', async () => {
  await setSite({ idleWarningMinutes: 0 });
  const [first, second] = [await answered(), await answered()];
  await setSite({ idleCloseMinutes: 30 });
  await pass(15);
  expect(await read(first.chatId)).toMatchObject({ status: 'active' });
  await pass(15);
  expect(await read(first.chatId)).toMatchObject({ status: 'closed', lastSeq: 2 });
  expect(await read(second.chatId)).toMatchObject({ status: 'closed' });
  await setSite({ idleCloseMinutes: 0 });
  const { chatId } = await answered();
  await pass(10_000);
  expect(await read(chatId)).toMatchObject({ status: 'active' });
});

test('an answer and the end at once: the chat is closed or answered, never both lost', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { visitor, chatId } = await answered();
    await pass(10);
    time += 5 * MINUTE;
    const [said] = await Promise.all([say(visitor, chatId, 'Here!'), server.features.jobs.runDue()]);
    expect(said.data['seq']).toBe(4);
    expect((await read(chatId))['status']).not.toBe('closed');
  }
});

test('a warning must come before the end', async () => {
  const { error } = await setSite({ idleWarningMinutes: 15 });
  expect(error).toMatchObject({ code: 'VALIDATION_FAILED', message: expect.stringContaining('less than') });
  expect((await setSite({ idleWarningMinutes: 20, idleCloseMinutes: 20 })).error?.code).toBe(
    'VALIDATION_FAILED',
  );
  expect((await setSite({ idleCloseMinutes: -1 })).error?.code).toBe('VALIDATION_FAILED');
});
