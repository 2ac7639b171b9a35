import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { chatEndpoints } from '../contract/chats.ts';
import { caller } from './call.ts';
import { ClientError } from './client-error.ts';
import { createTransport, type Transport, type TransportOptions } from './transport.ts';

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A real HTTP server on a free port. */
async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, Buffer.concat(chunks).toString(), response));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const ok = (response: ServerResponse, data: unknown) => json(response, 200, { success: true, data });
const refuse = (response: ServerResponse) =>
  json(response, 401, { success: false, error: { code: 'UNAUTHENTICATED', message: 'Who?' } });

function open(base: string, options: Partial<TransportOptions> = {}): Transport {
  return createTransport({ base, credentials: () => ({ token: 'good', cookie: 'omit' }), ...options });
}

async function failure(promise: Promise<unknown>): Promise<ClientError> {
  const error: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(error instanceof ClientError)) throw new Error('It did not fail with a ClientError.');
  return error;
}

test('an endpoint is called with its parameters, query, body and token', async () => {
  const seen: unknown[] = [];
  const base = await serve((request, body, response) => {
    seen.push([
      request.method,
      request.url,
      request.headers.authorization,
      request.headers['content-type'],
      body,
    ]);
    ok(response, {});
  });
  const call = caller<typeof chatEndpoints>(open(base));
  const params = { id: 'a/b' };
  await call('GET /api/chats/:id/messages', { params, query: { before: 7 } });
  await call('POST /api/chats/:id/messages', { params, body: { message: 'Grüße' } });
  await call('POST /api/chats/:id/close', { params });
  expect(seen).toEqual([
    ['GET', '/api/chats/a%2Fb/messages?before=7', 'Bearer good', undefined, ''],
    ['POST', '/api/chats/a%2Fb/messages', 'Bearer good', 'application/json', '{"message":"Grüße"}'],
    ['POST', '/api/chats/a%2Fb/close', 'Bearer good', undefined, ''],
  ]);
});

test('a refused token is renewed once, and the call made again', async () => {
  let token = 'old';
  const renewals: (string | null)[] = [];
  const base = await serve((request, _, response) =>
    request.headers.authorization === 'Bearer new' ? ok(response, 'in') : refuse(response),
  );
  const transport = open(base, {
    credentials: () => ({ token, cookie: 'omit' }),
    async renew(used) {
      renewals.push(used);
      token = 'new';
      return true;
    },
  });
  expect(await transport.request('GET', '/x')).toBe('in');
  expect(renewals).toEqual(['old']);
});

test('where renewing does not help, or is not wanted, the refusal is the answer', async () => {
  let requests = 0;
  const base = await serve((_, _body, response) => {
    requests += 1;
    refuse(response);
  });
  const helpless = open(base, { renew: async () => false });
  expect((await failure(helpless.request('GET', '/x'))).code).toBe('UNAUTHENTICATED');
  const hopeful = open(base, { renew: async () => true });
  expect((await failure(hopeful.request('POST', '/login', { signedIn: false }))).message).toBe('Who?');
  expect(requests).toBe(2);
  expect((await failure(hopeful.request('GET', '/x'))).code).toBe('UNAUTHENTICATED');
  expect(requests).toBe(4);
});

test('no server is OFFLINE, and so are one that is too slow and a transport that was stopped', async () => {
  const nobody = open('http://127.0.0.1:1');
  expect(await failure(nobody.request('GET', '/x'))).toMatchObject({ code: 'OFFLINE', status: 0 });

  const base = await serve(() => undefined);
  const hasty = open(base, { timeout: 20 });
  expect((await failure(hasty.request('GET', '/x'))).code).toBe('OFFLINE');

  const asked: (() => void)[] = [];
  const silent = await serve(() => asked.forEach((tell) => tell()));
  const stopped = open(silent);
  asked.push(() => stopped.stop());
  expect((await failure(stopped.request('GET', '/x'))).code).toBe('OFFLINE');
});

test("a proxy's page is UNAVAILABLE; its limit says by the header when to come back", async () => {
  const base = await serve((request, _, response) => {
    if (request.url === '/limit') response.writeHead(429, { 'retry-after': '3' }).end('slow down');
    else response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
  });
  const transport = open(base);
  expect(await failure(transport.request('GET', '/x'))).toMatchObject({ code: 'UNAVAILABLE', status: 502 });
  const limited = await failure(transport.request('GET', '/limit'));
  expect([limited.code, limited.details]).toEqual(['RATE_LIMITED', { retryAfterMs: 3_000 }]);
});
