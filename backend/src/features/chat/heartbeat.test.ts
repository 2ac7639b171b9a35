import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connectSocket, type TestSocket } from '../../testing/live-socket.ts';
import { createChat, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let admin: Person;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  server = await startTestServer({ heartbeatEvery: 250 });
  admin = await loginAdmin(server.url);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(() => stopTestServer(server));

async function live({ token }: { token: string }): Promise<TestSocket> {
  const socket = await connectSocket(server.url, token);
  sockets.push(socket);
  return socket;
}

type Counters = { chatId: string; lastSeq: number; lastRev: number };
const countersIn = (event: Record<string, unknown>) => event['chats'] as Counters[];

test('a customer hears the counters of their open chat, and again when they have grown', async () => {
  const visitor = await createVisitor(server.url);
  const customer = await live(visitor);
  const chatId = await createChat(server.url, visitor);
  const first = countersIn(await customer.hear('heartbeat'));
  expect(first).toEqual([{ chatId, lastSeq: expect.any(Number), lastRev: expect.any(Number) }]);
  await rest(server.url, `POST /api/chats/${chatId}/messages`, {
    token: visitor.token,
    body: { message: 'Is anybody there?' },
  });
  const isNewer = (event: Record<string, unknown>) =>
    (countersIn(event)[0]?.lastSeq ?? 0) === (first[0]?.lastSeq ?? 0) + 1;
  await customer.hear('heartbeat', isNewer);
});

test('staff hears those of the chats that are open before them, and nothing where none is', async () => {
  const chatId = await createChat(server.url, await createVisitor(server.url));
  const [watcher, idle] = [await live(admin), await live(admin)];
  await watcher.send('watch_chat', { chatId });
  await watcher.hear('heartbeat', (event) => countersIn(event)[0]?.chatId === chatId);
  await watcher.send('unwatch_chat', { chatId });
  watcher.heard.length = 0;
  const visitor = await createVisitor(server.url);
  const other = await live(visitor);
  await createChat(server.url, visitor);
  // Two of theirs: the watcher's turn has come in between.
  for (let count = 0; count < 2; count += 1) {
    await other.hear('heartbeat');
    other.heard.length = 0;
  }
  const heard = [...watcher.heard, ...idle.heard].map(({ event }) => event);
  expect(heard).not.toContain('heartbeat');
});
