import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSettled, linesOf, newVisitor, stopClients } from './testing/live-clients.ts';
import { connectSocket } from './testing/live-socket.ts';
import { createChat, createVisitor, type Person } from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';
import { until } from './testing/until.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ writeLimits: { most: 2, slowest: 60_000 } });
});

afterAll(async () => {
  stopClients();
  await stopTestServer(server);
});

/** Fills the server with writes that do not end. Returns their end. */
async function fill(): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { writes } = server.features.chat;
  const held = [writes.run(() => promise), writes.run(() => promise)];
  return async () => {
    resolve();
    await Promise.all(held);
  };
}

async function storedIn(visitor: Person, chatId: string): Promise<string[]> {
  const { data } = await rest(server.url, `GET /api/chats/${chatId}/messages`, { token: visitor.token });
  return (data['messages'] as { content: string }[]).map(({ content }) => content);
}

test('what is too much is refused before it is stored, and said so on every way; reading goes on', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor);
  const socket = await connectSocket(server.url, visitor.token);
  const empty = await fill();

  const message = { chatId, message: 'Too much', clientMessageId: 'one' };
  expect((await socket.send('send_message', message)).error).toMatchObject({
    code: 'UNAVAILABLE',
    details: { retryAfterMs: expect.any(Number) },
  });
  const body = { message: 'Too much', clientMessageId: 'one' };
  const answer = await rest(server.url, `POST /api/chats/${chatId}/messages`, { token: visitor.token, body });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  const newcomer = await createVisitor(server.url);
  const opening = { token: newcomer.token, body: { name: 'Nora', message: 'Hello?' } };
  expect((await rest(server.url, 'POST /api/chats', opening)).error?.code).toBe('UNAVAILABLE');
  expect((await socket.send('mark_read', { chatId, userType: 'customer' })).success).toBe(true);
  expect((await socket.send('sync_chat', { chatId, afterSeq: 0 })).data['lastSeq']).toBe(1);

  await empty();
  expect(await storedIn(visitor, chatId)).toEqual(['Hello?']);
  expect((await socket.send('send_message', message)).data['seq']).toBe(2);
  socket.close();
});

test('of a flood, what is acknowledged is stored, and nothing else', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor);
  const socket = await connectSocket(server.url, visitor.token);
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      socket.send('send_message', { chatId, message: `message ${index}` }),
    ),
  );
  const accepted = answers.filter(({ success }) => success).map(({ data }) => data['content']);
  expect(accepted.length).toBeGreaterThan(0);
  expect(accepted.length).toBeLessThan(60);
  expect(await storedIn(visitor, chatId)).toEqual(['Hello?', ...accepted]);
  socket.close();
});

test('the client keeps what was refused, waits as long as it was told, and sends it once and in order', async () => {
  const chat = await newVisitor(server.url).openChat({ name: 'Carla', message: 'Hello?' });
  await until(chat.state, isSettled);
  const empty = await fill();
  const words = Array.from({ length: 10 }, (_, index) => `message ${index}`);
  for (const word of words) chat.send(word);
  await until(chat.state, ({ messages }) => messages.length === 11);
  expect(await server.features.chat.messages.countDocuments({ chatId: chat.id })).toBe(1);
  await empty();
  const { messages } = await until(chat.state, (state) => state.messages.length === 11 && isSettled(state));
  expect(linesOf({ messages })).toEqual(
    ['Hello?', ...words].map((word, index) => `${index + 1} customer: ${word}`),
  );
});
