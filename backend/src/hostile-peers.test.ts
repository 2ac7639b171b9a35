import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectSocket, ended } from './testing/live-socket.ts';
import {
  createChat,
  createPerson,
  createVisitor,
  loginAdmin,
  PASSWORD,
  type Person,
} from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';

let server: TestServer;
let admin: Person;
let clock = new Date();

beforeAll(async () => {
  server = await startTestServer({ now: () => clock, expiryEvery: 20 });
  admin = await loginAdmin(server.url);
});

afterAll(() => stopTestServer(server));

/** Sends bytes as they are, and gives what came back until the server hung up. */
function exchange(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** A connection of long polling that has not said who it is. */
async function pollingConnection(): Promise<string> {
  const url = `${server.url}/socket.io/?EIO=4&transport=polling`;
  const handshake = await (await fetch(url)).text();
  return `${url}&sid=${JSON.parse(handshake.slice(1)).sid}`;
}

/** Timers that are started while a stranger does something; the server runs in this process. */
async function timersDuring(work: () => Promise<void>): Promise<number> {
  const spies = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'setInterval')];
  try {
    await work();
    return spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Says who it is over one connection, so often, and gives what it heard until that was closed. */
async function sayWho(...tokens: string[]): Promise<string[]> {
  const url = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url);
  const heard: string[] = [];
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    heard.push(data.slice(0, 2));
    const token = data.startsWith('0') || data.startsWith('40') ? tokens.shift() : undefined;
    if (token !== undefined) socket.send(`40${JSON.stringify({ token, protocol: 1 })}`);
  });
  await new Promise((resolve) => socket.addEventListener('close', resolve, { once: true }));
  return heard;
}

test('a connection says once who it is: after a refusal, or a second identity, it is closed', async () => {
  expect(await sayWho('nonsense')).toEqual(['0{', '44']);
  const [one, other] = [await createVisitor(server.url), await createVisitor(server.url)];
  const heard = await sayWho(one.token, other.token);
  expect(heard.filter((packet) => packet === '40')).toHaveLength(1);
});

describe('a stranger without a token', () => {
  test('gets no timer for each pong that nobody asked for', async () => {
    const url = await pollingConnection();
    const pongs = Array.from({ length: 5_000 }, () => '3').join('\u001E');
    const started = await timersDuring(async () => {
      expect((await fetch(url, { method: 'POST', body: pongs })).status).toBe(200);
    });
    expect(started).toBeLessThan(50);
  });

  test('gets no timer for each probe of an upgrade: the second one ends it', async () => {
    const url = await pollingConnection();
    const started = await timersDuring(async () => {
      const upgrade = new WebSocket(
        url.replace('http', 'ws').replace('transport=polling', 'transport=websocket'),
      );
      await new Promise((resolve) => upgrade.addEventListener('open', resolve, { once: true }));
      const closed = new Promise((resolve) => upgrade.addEventListener('close', resolve, { once: true }));
      for (let index = 0; index < 1_000; index += 1) upgrade.send('2probe');
      await closed;
    });
    expect(started).toBeLessThan(50);
  });

  test.each(['Host: [', 'Host: a b', 'Host: %zz:99999', 'Host:'])(
    'with “%s” gets an answer that shows nothing of ours',
    async (host) => {
      const answer = await exchange(
        `GET /api/auth/setup?token=secret HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 [245]\d\d /);
      expect(answer).not.toMatch(/backend|node_modules|secret|\.ts/);
    },
  );

  test.each([
    '/examples/plain-html%00/x.html',
    `/examples/${'x'.repeat(300)}/x.html`,
    `/agent/assets/${'x'.repeat(300)}.js`,
  ])('who asks for %s is told that there is nothing', async (path) => {
    expect((await rest(server.url, `GET ${path}`)).status).toBe(404);
  });

  test('cannot escape the count of their address with tokens, which are free', async () => {
    const strict = await startTestServer({ variables: { RATE_LIMIT_PER_MINUTE: '6' } });
    try {
      const tokens = [await createVisitor(strict.url), await createVisitor(strict.url)].map(
        ({ token }) => token,
      );
      const statuses: number[] = [];
      for (let index = 0; index < 6; index += 1) {
        const body = { email: `nobody${index}@example.com`, password: 'wrong-password' };
        statuses.push(
          (await rest(strict.url, 'POST /api/auth/login', { body, token: tokens[index % 2] })).status,
        );
      }
      expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
    } finally {
      await stopTestServer(strict);
    }
  });
});

describe('races of accounts', () => {
  test('a login with the old password that overlaps its change leaves no session behind', async () => {
    const agent = await createPerson(server.url, admin);
    const attempt = () =>
      rest(server.url, 'POST /api/auth/login', { body: { email: agent.email, password: PASSWORD } });
    const change = rest(server.url, 'POST /api/auth/change-password', {
      token: agent.token,
      body: { currentPassword: PASSWORD, newPassword: 'another-long-password' },
    });
    const logins = Array.from({ length: 6 }, attempt);
    const { data } = await change;
    await Promise.all(logins);
    const sessions = await rest(server.url, 'GET /api/auth/sessions', { token: String(data['token']) });
    expect(sessions.list).toHaveLength(1);
  });

  test('two admins who demote each other at once leave one', async () => {
    const desk = await startTestServer();
    try {
      const first = await loginAdmin(desk.url);
      const second = await createPerson(desk.url, first, { role: 'admin' });
      const demote = (by: Person, whom: Person) =>
        rest(desk.url, `PATCH /api/users/${whom.id}`, { token: by.token, body: { role: 'agent' } });
      const answers = await Promise.all([demote(first, second), demote(second, first)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await desk.features.models.users.countDocuments({ role: 'admin' })).toBe(1);
    } finally {
      await stopTestServer(desk);
    }
  });
});

describe('what ends', () => {
  test('a server that is told to stop while it answers still acknowledges what it stored', async () => {
    const desk = await startTestServer();
    const visitor = await createVisitor(desk.url);
    const chatId = await createChat(desk.url, visitor);
    const socket = await connectSocket(desk.url, visitor.token);
    const stopped = new Promise<void>((resolve, reject) => {
      desk.features.bus.subscribe('message.stored', () => {
        stopTestServer(desk).then(resolve, reject);
      });
    });
    expect(await socket.send('send_message', { chatId, message: 'just in time' })).toMatchObject({
      success: true,
    });
    await stopped;
  });

  test('a connection ends with its token, a visitor’s after 180 days and a user’s after 15', async () => {
    const before = clock;
    const [customer, agent] = [
      await connectSocket(server.url, (await createVisitor(server.url)).token),
      await connectSocket(server.url, (await createPerson(server.url, admin)).token),
    ];
    try {
      const day = 24 * 60 * 60 * 1000;
      const agentGone = ended(agent);
      clock = new Date(before.getTime() + 16 * day);
      await agentGone;
      expect(customer.raw.connected).toBe(true);
      const customerGone = ended(customer);
      clock = new Date(before.getTime() + 181 * day);
      await customerGone;
    } finally {
      clock = before;
    }
  });

  test('a customer has thirty connections and no more, however they come; nobody else is held up', async () => {
    const visitor = await createVisitor(server.url);
    const attempts = await Promise.allSettled(
      Array.from({ length: 40 }, () => connectSocket(server.url, visitor.token)),
    );
    const open = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    const refused = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
    expect([open.length, refused.length]).toEqual([30, 10]);
    expect(new Set(refused.map(({ message, data }) => `${data.code} ${message}`))).toEqual(
      new Set(['RATE_LIMITED Too many connections. Please close some tabs of this page.']),
    );
    const other = await connectSocket(server.url, (await createVisitor(server.url)).token);
    other.close();
    open.pop()?.close();
    await vi.waitFor(async () => open.push(await connectSocket(server.url, visitor.token)), 5_000);
    await expect(connectSocket(server.url, visitor.token)).rejects.toBeDefined();
    for (const socket of open) socket.close();
  });

  test('a site that begins to require identity refuses the anonymous tokens of before', async () => {
    const visitor = await createVisitor(server.url);
    const { sites } = server.features.models;
    await sites.updateOne({ key: 'default' }, { $set: { requireIdentity: true } });
    try {
      expect((await rest(server.url, 'GET /api/chats', { token: visitor.token })).error?.code).toBe(
        'UNAUTHENTICATED',
      );
      await expect(connectSocket(server.url, visitor.token)).rejects.toBeDefined();
    } finally {
      await sites.updateOne({ key: 'default' }, { $set: { requireIdentity: false } });
    }
  });
});
