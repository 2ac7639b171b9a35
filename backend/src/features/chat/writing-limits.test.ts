import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectSocket } from '../../testing/live-socket.ts';
import { createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ variables: { SOCKET_RATE_LIMIT_PER_SECOND: '6' } });
});

afterAll(() => stopTestServer(server));

const open = (visitor: Person, message: string, clientMessageId?: string) =>
  rest(server.url, 'POST /api/chats', {
    token: visitor.token,
    body: { name: 'Carla', message, clientMessageId },
  });
const close = (visitor: Person, chatId: string) =>
  rest(server.url, `POST /api/chats/${chatId}/close`, { token: visitor.token });

test('a customer opens and reopens half as many chats in ten minutes as they may send events in a second', async () => {
  const visitor = await createVisitor(server.url);
  const first = String((await open(visitor, 'One', 'one')).data['chatId']);
  await close(visitor, first);
  const again = await rest(server.url, `POST /api/chats/${first}/messages`, {
    token: visitor.token,
    body: { message: 'Again' },
  });
  expect(again.status).toBe(201);
  await close(visitor, first);
  await close(visitor, String((await open(visitor, 'Two')).data['chatId']));
  const refused = await open(visitor, 'Three');
  expect(refused).toMatchObject({ status: 429, error: { code: 'RATE_LIMITED' } });
  expect(Number(refused.error?.details?.['retryAfterMs'])).toBeGreaterThan(60_000);
  // What is known already is answered all the same, and others are not refused.
  expect((await open(visitor, 'One', 'one')).data).toMatchObject({ chatId: first });
  expect((await open(await createVisitor(server.url), 'Hello')).status).toBe(201);
});

test('of many starts at once one is an opening, and all come to its chat', async () => {
  const visitor = await createVisitor(server.url);
  const starts = await Promise.all(Array.from({ length: 20 }, (_, index) => open(visitor, `Start ${index}`)));
  expect(new Set(starts.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(starts.map(({ data }) => data['chatId'])).size).toBe(1);
});

test('a customer writes so much text in a day; staff is not counted', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = String((await open(visitor, 'Hello')).data['chatId']);
  const long = 'ж'.repeat(10_000);
  let stored = 0;
  let refusal;
  // 3 MB a day, and no more than 30 events in five seconds: over REST, which has a limit of its own.
  while (!refusal && stored < 200) {
    const body = { message: long };
    const { status, error } = await rest(server.url, `POST /api/chats/${chatId}/messages`, {
      token: visitor.token,
      body,
    });
    if (status === 201) stored += 1;
    else refusal = error;
  }
  expect(refusal).toMatchObject({ code: 'RATE_LIMITED' });
  expect(stored).toBe(149);
  const admin = await loginAdmin(server.url);
  const agent = await connectSocket(server.url, admin.token);
  await agent.send('assign_chat', { chatId });
  expect((await agent.send('agent_message', { chatId, message: long })).success).toBe(true);
  agent.close();
});
