import { clientEventTables, endpointTables } from '@wzatco/sdk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, ended } from './testing/live-socket.ts';
import { createChat, createVisitor, loginAdmin, type Person } from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;
let visitor: Person;
let chatId: string;

beforeAll(async () => {
  server = await startTestServer();
  visitor = await createVisitor(server.url);
  chatId = await createChat(server.url, visitor);
});

afterAll(() => stopTestServer(server));

const CODES =
  /^(UNAUTHENTICATED|FORBIDDEN|NOT_FOUND|VALIDATION_FAILED|UNSUPPORTED_MEDIA|PAYLOAD_TOO_LARGE|CONFLICT)$/;

describe('over REST, every malformed request gets the envelope', () => {
  const endpoints = Object.values(endpointTables).flatMap((table) => Object.keys(table));
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '"text"',
    '{"__proto__":{"role":"admin"}}',
    '{"$where":"1"}',
    '{"extra":1}',
  ];

  test.each(endpoints.filter((key) => !key.startsWith('GET')))('%s', async (key) => {
    const endpoint = key.replaceAll(/:\w+/g, '0'.repeat(24));
    // Some of these end sessions, so each has one of its own.
    const { token } = await loginAdmin(server.url);
    for (const rawBody of bodies.toReversed()) {
      const { status, error } = await rest(server.url, endpoint, { token, rawBody });
      if (status >= 400) expect(error?.code).toMatch(CODES);
      // What needs no body, or takes an empty one, succeeds only with an empty one.
      else expect(rawBody).toBe('');
    }
    const form = await rest(server.url, endpoint, {
      token,
      rawBody: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(form.error?.code).toMatch(CODES);
  });

  test.each([
    ['GET /api/users?limit=ten', 400],
    ['GET /api/users?limit=1&limit=2', 400],
    ['GET /api/users?role[$ne]=user', 400],
    ['GET /api/users?cursor=%00', 400],
    ['GET /api/chats?cursor=W10', 400],
    ['GET /api/chats?assignee=$ne', 400],
    ['GET /api/chats/nonsense', 400],
    ['GET /api/chats/%E0%A4%A', 400],
    ['GET /api/nothing', 404],
    ['PUT /api/users', 404],
    ['GET /api/../../etc/passwd', 404],
    ['GET /agent/assets/..%2f..%2fpackage.json', 404],
    ['GET /examples/plain-html/..%2f..%2fpackage.json', 404],
    ['GET /examples/e2e/playwright.config.ts', 404],
    ['GET /wzatco-chat/..%2f..%2fpackage.json', 404],
  ])('%s is %i', async (endpoint, status) => {
    const { token } = await loginAdmin(server.url);
    const answer = await rest(server.url, endpoint, { token });
    expect(answer.status).toBe(status);
    expect(answer.error?.code).toMatch(CODES);
  });

  test.each([
    ['Bearer'],
    ['Bearer '],
    ['Basic YTpi'],
    ['Bearer a.b.c'],
    ['Bearer eyJhbGciOiJub25lIn0.eyJpZCI6IjEifQ.'],
    [`Bearer ${'x'.repeat(8_000)}`],
  ])('the header Authorization: %s is UNAUTHENTICATED', async (authorization) => {
    const answer = await rest(server.url, 'GET /api/auth/me', { headers: { authorization } });
    expect(answer.error?.code).toBe('UNAUTHENTICATED');
  });

  test('a body beyond 1 MB is PAYLOAD_TOO_LARGE, one below is read', async () => {
    const send = (length: number) =>
      rest(server.url, `POST /api/chats/${chatId}/messages`, {
        token: visitor.token,
        body: { message: 'x'.repeat(length) },
      });
    expect((await send(1_100_000)).error?.code).toBe('PAYLOAD_TOO_LARGE');
    expect((await send(5_000_000)).error?.code).toBe('PAYLOAD_TOO_LARGE');
    expect((await send(900_000)).error?.code).toBe('VALIDATION_FAILED');
    expect((await send(10_001)).error?.code).toBe('VALIDATION_FAILED');
    expect((await send(10_000)).status).toBe(201);
  });

  test('1 MB is 1,048,576 bytes, to the last', async () => {
    const send = (bytes: number) =>
      rest(server.url, 'POST /api/auth/login', { rawBody: `{}${' '.repeat(bytes - 2)}` });
    expect((await send(1_048_576)).error?.code).toBe('VALIDATION_FAILED');
    expect((await send(1_048_577)).error?.code).toBe('PAYLOAD_TOO_LARGE');
  });

  test('the answer names the field and never repeats its value', async () => {
    const { error, text } = await rest(server.url, 'POST /api/auth/login', {
      body: { email: 7, password: 'my-secret' },
    });
    expect(error?.message).toContain('email');
    expect(text).not.toContain('my-secret');
  });
});

describe('over the socket', () => {
  const events = Object.values(clientEventTables).flatMap((table) => Object.keys(table));
  const junk = [
    undefined,
    null,
    0,
    '',
    'text',
    [],
    [[[[]]]],
    {},
    { chatId: 7 },
    { chatId: { $ne: null } },
    { chatId: '0'.repeat(24), message: {} },
    { message: 'x'.repeat(100_000) },
    JSON.parse('{"__proto__":{"role":"admin"},"constructor":{"prototype":{}}}'),
    new Uint8Array(100),
  ];

  test('1,000 malformed packets are each refused, and the server answers as before', async () => {
    // Somebody without a chat, since for its customer an empty `join_chat` is a way to rejoin one.
    const stranger = await connectSocket(server.url, (await createVisitor(server.url)).token);
    const names = [...events, 'nothing', '', '__proto__', 'constructor', 'toString'];
    const before = await rest(server.url, `GET /api/chats/${chatId}`, { token: visitor.token });
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        stranger.send(
          names[index % names.length] ?? '',
          junk[Math.floor(index / names.length) % junk.length],
        ),
      ),
    );
    expect(answers.filter(({ success }) => success)).toEqual([]);
    expect(answers.map(({ error }) => error?.code).filter((code) => !CODES.test(code ?? ''))).toEqual([]);
    expect((await rest(server.url, `GET /api/chats/${chatId}`, { token: visitor.token })).data).toEqual(
      before.data,
    );
    const socket = await connectSocket(server.url, visitor.token);
    const sent = await socket.send('send_message', { chatId, message: 'still here' });
    expect(sent.success).toBe(true);
    socket.close();
    stranger.close();
  });

  test('an unknown event is NOT_FOUND; an event without an acknowledgement or with extra arguments harms nothing', async () => {
    const socket = await connectSocket(server.url, visitor.token);
    expect((await socket.send('no_such_event', {})).error?.code).toBe('NOT_FOUND');
    socket.raw.emit('send_message', { chatId: {} });
    socket.raw.emit('send_message');
    socket.raw.emit('sync_chat', 'a', 'b', 'c');
    expect((await socket.send('sync_chat', { chatId, afterSeq: 0 })).success).toBe(true);
    socket.close();
  });

  test('a packet of 1,048,576 bytes is read, and one of a byte more ends the connection', async () => {
    const packet = (bytes: number) => {
      const start = '42["send_message",{"chatId":"';
      return `${start}${'x'.repeat(bytes - start.length - 3)}"}]`;
    };
    const open = async () => {
      const socket = await connectSocket(server.url, visitor.token);
      return { socket, write: (text: string) => socket.raw.io.engine.write(text.slice(1)) };
    };
    const fits = await open();
    fits.write(packet(1_048_576));
    expect((await fits.socket.send('sync_chat', { chatId, afterSeq: 0 })).success).toBe(true);
    fits.socket.close();
    const exceeds = await open();
    const end = ended(exceeds.socket);
    exceeds.write(packet(1_048_577));
    await end;
  });

  test('frames that are no packets end that connection only', async () => {
    const url = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    for (const frame of [
      '42["send_message",',
      '42["disconnecting"]',
      '4\u0000',
      '999',
      `45${'9'.repeat(30)}-["x"]`,
      'x'.repeat(1_100_000),
    ]) {
      const raw = new WebSocket(url);
      await new Promise((resolve) => raw.addEventListener('open', resolve, { once: true }));
      const closed = new Promise((resolve) => raw.addEventListener('close', resolve, { once: true }));
      raw.send(`40${JSON.stringify({ token: visitor.token })}`);
      raw.send(frame);
      if (frame !== '999') await closed;
      else raw.close();
    }
    const socket = await connectSocket(server.url, visitor.token);
    expect((await socket.send('sync_chat', { chatId, afterSeq: 0 })).success).toBe(true);
    socket.close();
  });

  test('a customer who sends too fast is told so, and nothing they were told is stored is lost', async () => {
    const strict = await startTestServer({ variables: { SOCKET_RATE_LIMIT_PER_SECOND: '2' } });
    try {
      const hasty = await createVisitor(strict.url);
      const id = await createChat(strict.url, hasty);
      const socket = await connectSocket(strict.url, hasty.token);
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          socket.send('send_message', { chatId: id, message: `m${index}` }),
        ),
      );
      const stored = answers.filter(({ success }) => success);
      expect(stored).toHaveLength(10);
      const refused = answers.find(({ success }) => !success);
      expect(refused?.error).toMatchObject({
        code: 'RATE_LIMITED',
        details: { retryAfterMs: expect.any(Number) },
      });
      const { data } = await rest(strict.url, `GET /api/chats/${id}`, { token: hasty.token });
      expect(data['lastSeq']).toBe(11);
      socket.close();
    } finally {
      await stopTestServer(strict);
    }
  });
});
