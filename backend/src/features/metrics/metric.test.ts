import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let admin: Person;
let agent: Person;
let time = Date.UTC(2036, 0, 7, 9);

beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(time) });
  admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { department: 'Technical' });
});

afterAll(() => stopTestServer(server));

const post = (person: Person, chatId: string, path: string, body?: object) =>
  rest(server.url, `POST /api/chats/${chatId}/${path}`, { token: person.token, ...(body ? { body } : {}) });
const pass = (seconds: number) => (time += seconds * 1000);
const stored = async (chatId: string) => {
  await server.features.bus.idle(5_000);
  return metricsOf().findOne({ chatId: new (objectId())(chatId) });
};
const metricsOf = () => server.features.chat.connection.collection('chatmetrics');
const objectId = () => server.features.chat.connection.base.mongo.ObjectId;
const read = async (chatId: string) =>
  (await rest(server.url, `GET /api/chats/${chatId}/metrics`, { token: admin.token })).data;

/** A chat that waited 30 s, was answered after 50 s, handed on, and ended after 100 s. */
async function talk() {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  pass(30);
  await post(agent, chatId, 'assign', {});
  pass(20);
  await post(agent, chatId, 'messages', { message: 'Hi' });
  await post(visitor, chatId, 'messages', { message: 'Oh' });
  await post(visitor, chatId, 'messages', { message: 'Hi' });
  pass(10);
  await post(admin, chatId, 'assign', { agentId: admin.id });
  pass(40);
  await post(admin, chatId, 'close');
  return { visitor, chatId };
}

const NUMBERS = {
  messageCount: 4,
  customerMessageCount: 3,
  agentMessageCount: 1,
  waitTime: 30,
  firstResponseTime: 50,
  resolutionTime: 100,
  customerSatisfaction: null,
  reopenCount: 0,
};

test('a chat that is transferred out of the queue has waited until then, whoever has it later', async () => {
  const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
  pass(10);
  await post(admin, chatId, 'transfer', { agentId: agent.id });
  pass(600);
  await post(admin, chatId, 'transfer', { agentId: admin.id });
  await post(admin, chatId, 'close');
  expect(await stored(chatId)).toMatchObject({ waitTime: 10 });
});

test('an ended chat is measured; handing it on changes neither its wait nor its first response', async () => {
  const { chatId } = await talk();
  expect(await stored(chatId)).toMatchObject(NUMBERS);
  expect(await read(chatId)).toMatchObject({
    ...NUMBERS,
    chatId,
    agentId: admin.id,
    department: 'Technical',
    closedAt: new Date(time).toISOString(),
  });
});

test('a rating and a reopening change the measurement, the next end completes it', async () => {
  const { visitor, chatId } = await talk();
  await post(visitor, chatId, 'rating', { rating: 4 });
  expect(await stored(chatId)).toMatchObject({ ...NUMBERS, customerSatisfaction: 4 });
  pass(100);
  await post(visitor, chatId, 'messages', { message: 'Again' });
  expect(await stored(chatId)).toMatchObject({ closedAt: null, resolutionTime: null, reopenCount: 1 });
  await post(agent, chatId, 'assign', {});
  await post(agent, chatId, 'messages', { message: 'Now' });
  pass(50);
  await post(visitor, chatId, 'close');
  expect(await stored(chatId)).toMatchObject({
    ...NUMBERS,
    messageCount: 6,
    customerMessageCount: 4,
    agentMessageCount: 2,
    resolutionTime: 250,
    customerSatisfaction: 4,
    reopenCount: 1,
  });
  expect(await metricsOf().countDocuments({ chatId: new (objectId())(chatId) })).toBe(1);
});

test('a rating is one number: nothing else of the measurement is counted again', async () => {
  const { visitor, chatId } = await talk();
  await stored(chatId);
  // A number that counting again would put right.
  await metricsOf().updateOne({ chatId: new (objectId())(chatId) }, { $set: { messageCount: 77 } });
  for (const rating of [2, 5]) {
    await post(visitor, chatId, 'rating', { rating });
    expect(await stored(chatId)).toMatchObject({ messageCount: 77, customerSatisfaction: rating });
  }
  expect(await server.features.chat.chats.exists({ measureDue: true })).toBeNull();
});

test('a chat that is rated before its end is measured with it, and completed by the end', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor);
  await post(visitor, chatId, 'rating', { rating: 3 });
  expect(await stored(chatId)).toMatchObject({ closedAt: null, messageCount: 1, customerSatisfaction: 3 });
  await post(visitor, chatId, 'messages', { message: 'Bye' });
  pass(60);
  await post(visitor, chatId, 'close');
  expect(await stored(chatId)).toMatchObject({
    messageCount: 2,
    resolutionTime: 60,
    customerSatisfaction: 3,
  });
});

test('a chat that nobody took has neither wait nor response', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor);
  expect(await read(chatId)).toMatchObject({ messageCount: 1, resolutionTime: null, closedAt: null });
  pass(60);
  await post(visitor, chatId, 'close');
  expect(await stored(chatId)).toMatchObject({ waitTime: null, firstResponseTime: null, resolutionTime: 60 });
});

test('who left before anybody came and is back has waited since then, not all the time they were away', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  const again = () => post(visitor, chatId, 'messages', { message: 'Hello again?' });
  pass(60);
  await post(visitor, chatId, 'close');
  pass(10 * 60 * 60);
  await again();
  pass(30);
  await post(agent, chatId, 'assign', {});
  pass(5);
  await post(agent, chatId, 'messages', { message: 'Hi' });
  await post(visitor, chatId, 'close');
  const numbers = { waitTime: 30, firstResponseTime: 35 };
  expect(await stored(chatId)).toMatchObject({ ...numbers, resolutionTime: 60 + 10 * 60 * 60 + 35 });
  // What was first stays so.
  pass(100);
  await again();
  expect(await stored(chatId)).toMatchObject({ ...numbers, reopenCount: 2 });
});

test('what a process that died had not measured is measured later, once', async () => {
  const { chatId } = await talk();
  await stored(chatId);
  const { chats } = server.features.chat;
  expect(await chats.exists({ measureDue: true })).toBeNull();
  // As a process leaves it that ends between the commit and the measurement.
  await metricsOf().deleteOne({ chatId: new (objectId())(chatId) });
  await chats.updateOne({ _id: chatId }, { $set: { measureDue: true } });
  pass(10 * 60);
  await server.features.jobs.runDue();
  expect(await stored(chatId)).toMatchObject(NUMBERS);
  expect(await chats.exists({ measureDue: true })).toBeNull();
});
