import { clientEventTables, serverEventTables } from '@wzatco/sdk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, ended } from './testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';
import { onServer } from './testing/test-database.ts';

let server: TestServer;
let admin: Person;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
});

afterAll(() => stopTestServer(server));

describe('headers', () => {
  test('the console has a policy that allows nothing inline and no framing', async () => {
    for (const path of ['/agent', '/agent/chats/123']) {
      const { headers } = await rest(server.url, `GET ${path}`);
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('the API page runs the scripts of this server only, and nothing else is as lax with styles', async () => {
    const { headers } = await rest(server.url, 'GET /api/docs');
    expect(headers.get('content-type')).toContain('text/html');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    for (const path of ['/api/openapi.json', '/api/docsx', '/agent']) {
      const other = await rest(server.url, `GET ${path}`);
      expect(other.headers.get('content-security-policy')).not.toContain('unsafe');
    }
  });

  test('answers of the API are kept by nobody and carry the request’s id', async () => {
    const { headers } = await rest(server.url, 'GET /api/health');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('only staff origins may call with credentials; a site’s page may call without', async () => {
    const preflight = (origin: string) =>
      rest(server.url, 'OPTIONS /api/chats', {
        headers: {
          origin,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'authorization',
        },
      });
    const staff = await preflight('http://localhost:3000');
    expect(staff.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(staff.headers.get('access-control-allow-credentials')).toBe('true');
    const methods = staff.headers.get('access-control-allow-methods')?.split(',').toSorted();
    expect(methods).toEqual(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']);
    const site = await preflight('http://localhost:4444');
    expect(site.headers.get('access-control-allow-methods')).toBe(
      staff.headers.get('access-control-allow-methods'),
    );
    expect(site.headers.get('access-control-allow-origin')).toBe('*');
    expect(site.headers.get('access-control-allow-credentials')).toBeNull();
    const stranger = await preflight('https://evil.example');
    expect(stranger.status).toBe(403);
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('limits', () => {
  test('requests beyond the limit of a minute are RATE_LIMITED with a time to come back; health and pages are not', async () => {
    const strict = await startTestServer({ variables: { RATE_LIMIT_PER_MINUTE: '5' } });
    try {
      const answers = [];
      for (let index = 0; index < 7; index += 1) answers.push(await rest(strict.url, 'GET /api/auth/setup'));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
      expect(answers[6]?.error?.details).toMatchObject({ retryAfterMs: expect.any(Number) });
      expect(Number(answers[6]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await rest(strict.url, 'GET /api/health')).status).toBe(200);
      expect((await rest(strict.url, 'GET /agent')).status).not.toBe(429);
    } finally {
      await stopTestServer(strict);
    }
  });

  test('a proxy’s word for the client’s address counts only where it is believed', async () => {
    const statuses = async (trustProxy: string) => {
      const strict = await startTestServer({
        variables: { RATE_LIMIT_PER_MINUTE: '2', TRUST_PROXY: trustProxy },
      });
      try {
        const answers = [];
        for (let index = 0; index < 4; index += 1) {
          const headers = { 'x-forwarded-for': `203.0.113.${index}` };
          answers.push(await rest(strict.url, 'GET /api/auth/setup', { headers }));
        }
        return answers.map(({ status }) => status);
      } finally {
        await stopTestServer(strict);
      }
    };
    expect(await statuses('0')).toEqual([200, 200, 429, 429]);
    expect(await statuses('1')).toEqual([200, 200, 200, 200]);
  });
});

describe('slow and silent peers', () => {
  // No matter of the database, and thirty megabytes are much for SecantusDB.
  test.skipIf(onServer)(
    'embedded only: a connection that does not keep up is closed, and its customer misses nothing after coming back',
    async () => {
      const visitor = await createVisitor(server.url);
      const chatId = await createChat(server.url, visitor, { department: 'Technical' });
      const agent = await createPerson(server.url, admin, { department: 'Technical' });
      const writer = await connectSocket(server.url, agent.token);
      await writer.send('assign_chat', { chatId });

      // A raw connection whose reader is stopped, as behind a phone that lost its network.
      const { hostname, port } = new URL(server.url);
      const joined = Promise.withResolvers<void>();
      const closed = Promise.withResolvers<void>();
      const slow = await Bun.connect({
        hostname,
        port: Number(port),
        socket: {
          open(socket) {
            socket.write(
              `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\n` +
                'Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
            );
          },
          data(socket, data) {
            if (data.includes('101 Switching'))
              socket.write(maskedFrame(`40${JSON.stringify({ token: visitor.token })}`));
            if (data.includes('40{"sid"')) {
              socket.pause();
              joined.resolve();
            }
          },
          close: () => closed.resolve(),
          error: () => closed.resolve(),
        },
      });
      await joined.promise;
      const long = 'x'.repeat(10_000);
      const total = 3_000;
      for (let index = 0; index < total; index += 100) {
        await Promise.all(
          Array.from({ length: 100 }, () => writer.send('agent_message', { chatId, message: long })),
        );
      }
      // It reads again, finds what was still on its way, and then the end.
      slow.resume();
      await closed.promise;
      const back = await connectSocket(server.url, visitor.token);
      let seq = 0;
      for (let hasMore = true; hasMore;) {
        const { data } = await back.send('sync_chat', { chatId, afterSeq: seq });
        for (const message of data.messages ?? []) expect(message.seq).toBe((seq += 1));
        hasMore = Boolean(data['hasMore']);
      }
      expect(seq).toBe(total + 1);
      back.close();
      writer.close();
    },
    40_000,
  );

  test('every session that ends takes its sockets along, whatever ends it', async () => {
    const agent = await createPerson(server.url, admin);
    const socket = await connectSocket(server.url, agent.token);
    const gone = ended(socket);
    await rest(server.url, `PATCH /api/users/${agent.id}`, {
      token: admin.token,
      body: { department: 'Sales' },
    });
    await gone;
    const back = await connectSocket(server.url, agent.token);
    const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Sales' });
    await back.hear('new_chat', (chat) => chat['chatId'] === chatId);
    back.close();
  });
});

/** A text frame as a client sends it: masked, here with zeros. */
function maskedFrame(text: string): Uint8Array {
  const payload = new TextEncoder().encode(text);
  const header = [0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0];
  return new Uint8Array([...header, ...payload]);
}

describe('the API’s own description', () => {
  test('is public, OpenAPI 3.1, outside the envelope, and names every endpoint', async () => {
    const response = await fetch(`${server.url}/api/openapi.json`);
    const document = (await response.json()) as {
      openapi: string;
      paths: Record<string, Record<string, object>>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/api/chats/{id}/messages']).toHaveProperty('get');
    expect(document.paths['/api/chats/{id}/messages']).toHaveProperty('post');
    expect(document.paths['/api/users/agents/{agentId}/workload']?.['get']).toMatchObject({
      parameters: [{ name: 'agentId', in: 'path', required: true }],
    });
    expect(document.paths['/api/chats/{id}']?.['get']).toMatchObject({
      tags: ['Chats'],
      security: [{ staff: [] }, { cookie: [] }, { visitor: [] }],
    });
    expect(document.paths['/api/health']?.['get']).toMatchObject({ security: [] });
    expect(JSON.stringify(document)).not.toContain('$ref":"#/$defs');
  });

  test('of the live events is AsyncAPI 3, names every event with its payload, and where this server is', async () => {
    const response = await fetch(`${server.url}/api/asyncapi.json`);
    const document = (await response.json()) as {
      asyncapi: string;
      servers: { socket: object };
      channels: Record<string, { messages: Record<string, { payload: object }> }>;
      operations: Record<string, { action: string; reply?: object }>;
    };
    expect(document.asyncapi).toBe('3.0.0');
    expect(document.servers.socket).toEqual({
      host: new URL(server.url).host,
      pathname: '/socket.io/',
      protocol: 'ws',
    });
    const events = [clientEventTables, serverEventTables].flatMap((tables) => Object.values(tables));
    expect(Object.keys(document.channels).toSorted()).toEqual(events.flatMap(Object.keys).toSorted());
    expect(document.channels['send_message']?.messages['payload']?.payload).toMatchObject({
      required: expect.arrayContaining(['chatId', 'message']),
    });
    expect(document.operations['to_server_send_message']).toMatchObject({
      action: 'receive',
      reply: { messages: [{ $ref: '#/channels/send_message/messages/acknowledgement' }] },
    });
    expect(document.operations['to_client_new_message']).toMatchObject({ action: 'send' });
    expect(JSON.stringify(document)).not.toContain('$ref":"#/$defs');
  });
});
