import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { converse, signedIn, stopClients } from '../../testing/live-clients.ts';
import { connectSocket, ended, type TestSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { ADMIN, startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { until } from '../../testing/until.ts';

let server: TestServer;
let admin: Person;
let anna: Person;
let bert: Person;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  anna = await createPerson(server.url, admin, { department: 'Technical', name: 'Anna' });
  bert = await createPerson(server.url, admin, { department: 'Technical', name: 'Bert' });
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

const namesIn = (event: Record<string, unknown>) =>
  (event['agents'] as { name: string }[])
    .map(({ name }) => name)
    .toSorted()
    .join();
/** The next time that these are named, after what was heard before. */
async function nowSees(socket: TestSocket, names: string): Promise<void> {
  await socket.hear('chat_viewers', (event) => namesIn(event) === names);
  socket.heard.length = 0;
}

test('those who watch a chat hear who else does: several tabs are one, whoever leaves or drops is gone', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  const customer = await live(visitor);
  const [tab, other, colleague] = [await live(anna), await live(anna), await live(bert)];
  await tab.send('watch_chat', { chatId });
  await nowSees(tab, 'Anna');
  await colleague.send('watch_chat', { chatId });
  await nowSees(tab, 'Anna,Bert');
  await nowSees(colleague, 'Anna,Bert');
  await other.send('watch_chat', { chatId });
  await nowSees(other, 'Anna,Bert');
  tab.close();
  other.heard.length = 0;
  await nowSees(other, 'Anna,Bert');
  await colleague.send('unwatch_chat', { chatId });
  await nowSees(other, 'Anna');
  await colleague.send('watch_chat', { chatId });
  await nowSees(other, 'Anna,Bert');
  colleague.close();
  await nowSees(other, 'Anna');
  expect(customer.heard.filter(({ event }) => event === 'chat_viewers')).toEqual([]);
});

test('whose chat it is hears who looks at it, without looking, and who of the colleagues writes', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  const [owner, colleague, boss] = [await live(anna), await live(bert), await live(admin)];
  await colleague.send('watch_chat', { chatId });
  await nowSees(colleague, 'Bert');
  await owner.send('assign_chat', { chatId });
  await nowSees(owner, 'Bert');
  await colleague.send('unwatch_chat', { chatId });
  await nowSees(owner, '');
  await boss.send('typing', { chatId, isTyping: true });
  expect(await owner.hear('user_typing')).toMatchObject({ chatId, isTyping: true });
});

test('a message is notified to its agent only while no device of theirs has the chat open', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  const [desk, phone, boss, customer] = [
    await live(anna),
    await live(anna),
    await live(admin),
    await live(visitor),
  ];
  await desk.send('assign_chat', { chatId });
  await desk.send('watch_chat', { chatId });
  await customer.send('send_message', { chatId, message: 'Seen on the desk' });
  await phone.hear('new_message', (event) => event['content'] === 'Seen on the desk');
  await desk.send('unwatch_chat', { chatId });
  await boss.send('agent_message', { chatId, message: 'I step in' });
  expect(await phone.hear('chat_message_notification')).toMatchObject({ chatId, message: 'I step in' });
  await desk.send('agent_message', { chatId, message: 'My own' });
  await customer.send('send_message', { chatId, message: 'And now?' });
  await desk.hear('chat_message_notification', (event) => event['message'] === 'And now?');
  const notified = desk.heard.filter(({ event }) => event === 'chat_message_notification');
  expect(notified.map(({ payload }) => payload['message'])).toEqual(['I step in', 'And now?']);
});

test('who loses the department while watching leaves at once: the rooms, the viewers, and what is said', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  const mover = await createPerson(server.url, admin, { department: 'Technical', name: 'Mona' });
  const [moving, stays, customer] = [await live(mover), await live(anna), await live(visitor)];
  await stays.send('watch_chat', { chatId });
  await moving.send('watch_chat', { chatId });
  await nowSees(stays, 'Anna,Mona');
  const body = { department: 'Sales' };
  await rest(server.url, `PATCH /api/users/${mover.id}`, { token: admin.token, body });
  await ended(moving);
  await nowSees(stays, 'Anna');
  const back = await live(mover);
  expect((await back.send('watch_chat', { chatId })).error?.code).toBe('NOT_FOUND');
  await customer.send('send_message', { chatId, message: 'My password is …' });
  const ofSales = await createChat(server.url, await createVisitor(server.url), { department: 'Sales' });
  await back.hear('new_chat', (event) => event['chatId'] === ofSales);
  expect(back.heard.filter(({ payload }) => payload['chatId'] === chatId)).toEqual([]);
  expect(moving.heard.filter(({ event }) => event === 'new_message')).toEqual([]);
});

test('an agent who becomes an admin sees every department at once, and none as a plain user', async () => {
  const riser = await createPerson(server.url, admin, { department: 'Sales', name: 'Rita' });
  const before = await live(riser);
  const change = (body: object) =>
    rest(server.url, `PATCH /api/users/${riser.id}`, { token: admin.token, body });
  await change({ role: 'admin' });
  await ended(before);
  const asAdmin = await live(riser);
  const first = await createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
  await asAdmin.hear('new_chat', (event) => event['chatId'] === first);
  await change({ role: 'user' });
  await ended(asAdmin);
  const asUser = await live(riser);
  expect((await asUser.send('watch_chat', { chatId: first })).error?.code).toBe('FORBIDDEN');
});

test('the clients’ chat shows who views it, and nobody once the connection is gone', async () => {
  const { agent, agentChat, customerChat } = await converse(server.url);
  const boss = await signedIn(server.url, ADMIN.email, ADMIN.password);
  const looking = boss.chats.open(agentChat.id);
  await until(agentChat.state, ({ viewers }) => viewers.length === 2);
  looking.dispose();
  await until(agentChat.state, ({ viewers }) => viewers.length === 1);
  expect(customerChat.state.get().viewers).toEqual([]);
  agent.stop();
  await until(agentChat.state, ({ viewers }) => viewers.length === 0);
});
