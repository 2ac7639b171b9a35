import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCutProxy, type CutProxy } from './testing/cut-proxy.ts';
import { connectSocket } from './testing/live-socket.ts';
import { createChat, createVisitor } from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';
import { newTestDatabase } from './testing/test-database.ts';
import { findWireProgram } from './testing/wire-server/find-wire-server.ts';
import { startWireServer, type WireServer } from './testing/wire-server/start-wire-server.ts';

// A transaction whose client is gone may hold up a whole server: this one is nobody else's where that can be had.
const program = findWireProgram();
const database = newTestDatabase();
let wire: WireServer | null = null;
let proxy: CutProxy;
let server: TestServer;

beforeAll(async () => {
  wire = program && (await startWireServer(program));
  const uri = new URL(wire?.uri ?? database.variables['MONGODB_URI'] ?? '');
  proxy = await startCutProxy({ host: uri.hostname, port: Number(uri.port || 27017) });
  uri.host = `127.0.0.1:${proxy.port}`;
  // Whoever asks the server for its members would be led past the proxy.
  uri.searchParams.set('directConnection', 'true');
  server = await startTestServer({ variables: { MONGODB_URI: uri.href } });
});

afterAll(async () => {
  await stopTestServer(server);
  proxy.stop();
  await (wire ? wire.stop() : database.end());
});

test('while the database is away senders are told UNAVAILABLE; when it is back all goes on, and nothing is lost', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor);
  const customer = await connectSocket(server.url, visitor.token);
  const send = (name: string) =>
    customer.send('send_message', { chatId, message: name, clientMessageId: name });
  expect((await send('before')).success).toBe(true);

  proxy.cut();
  const [answer, page] = await Promise.all([
    send('while'),
    rest(server.url, `GET /api/chats/${chatId}/messages`, { token: visitor.token }),
  ]);
  expect(answer.error?.code).toBe('UNAVAILABLE');
  expect([page.status, page.error?.code]).toEqual([503, 'UNAVAILABLE']);
  expect((await rest(server.url, 'GET /api/ready')).status).toBe(503);
  expect((await rest(server.url, 'GET /api/health')).status).toBe(200);

  await proxy.mend();
  expect((await send('while')).success).toBe(true);
  expect((await send('after')).success).toBe(true);
  const { data } = await customer.send('sync_chat', { chatId, afterSeq: 0 });
  expect(data.messages?.map(({ seq, content }) => `${seq} ${content}`)).toEqual([
    '1 Hello?',
    '2 before',
    '3 while',
    '4 after',
  ]);
  expect((await rest(server.url, 'GET /api/ready')).status).toBe(200);
  customer.close();
}, 120_000);

test('a line that breaks again and again stores what is acknowledged once, in order and without a gap', async () => {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor);
  const customer = await connectSocket(server.url, visitor.token);
  const acknowledged = new Map<number, string>();
  const sendUntilTaken = async (name: string): Promise<void> => {
    const { success, data, error } = await customer.send('send_message', {
      chatId,
      message: name,
      clientMessageId: name,
    });
    if (!success) {
      expect(error?.code).toBe('UNAVAILABLE');
      return sendUntilTaken(name);
    }
    acknowledged.set(Number(data['seq']), String(data['content']));
    // At every sixth answer, in the middle of what the others do.
    if (acknowledged.size % 6 === 0) proxy.shake();
  };
  const names = Array.from({ length: 60 }, (_, index) => `message-${index}`);
  await Promise.all(names.map(sendUntilTaken));

  const { data } = await customer.send('sync_chat', { chatId, afterSeq: 0 });
  const stored = new Map(data.messages?.map(({ seq, content }) => [seq, content]));
  expect([...stored.keys()]).toEqual(Array.from({ length: 61 }, (_, index) => index + 1));
  expect([...stored.values()].toSorted()).toEqual(['Hello?', ...names].toSorted());
  for (const [seq, content] of acknowledged) expect(stored.get(seq)).toBe(content);
  customer.close();
}, 120_000);
