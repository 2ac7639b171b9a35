import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, ended } from '../../testing/live-socket.ts';
import {
  createPerson,
  createVisitor,
  login,
  loginAdmin,
  PASSWORD,
  type Person,
} from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { ADMIN, startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let admin: Person;
let clock = new Date();

beforeAll(async () => {
  server = await startTestServer({ now: () => clock });
  admin = await loginAdmin(server.url);
});

afterAll(() => stopTestServer(server));

const cookieOf = (headers: Headers) => headers.getSetCookie()[0]?.split(';')[0] ?? '';

describe('the first admin', () => {
  test('is made once, with the token of the printed link only, and setup is over then', async () => {
    const fresh = await startTestServer({ variables: { ADMIN_EMAIL: '', ADMIN_PASSWORD: '' } });
    try {
      const token = new URL(fresh.setupLink ?? '').searchParams.get('token');
      const body = { token, email: 'Boss@Example.com', name: 'The Boss', password: PASSWORD };
      const setup = (change: object) =>
        rest(fresh.url, 'POST /api/auth/setup', { body: { ...body, ...change } });
      expect((await rest(fresh.url, 'GET /api/auth/setup')).data).toEqual({ needed: true });
      expect((await setup({ token: 'guess' })).error?.code).toBe('FORBIDDEN');
      expect((await setup({ password: 'short' })).error?.code).toBe('VALIDATION_FAILED');
      expect((await setup({ password: 'ü'.repeat(37) })).error?.message).toContain('72 bytes');
      const racers = await Promise.all([setup({}), setup({ email: 'other@example.com' })]);
      expect(racers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      expect((await rest(fresh.url, 'GET /api/auth/setup')).data).toEqual({ needed: false });
      expect((await setup({ email: 'third@example.com' })).error?.code).toBe('CONFLICT');
    } finally {
      await stopTestServer(fresh);
    }
  });

  test('comes from ADMIN_EMAIL and ADMIN_PASSWORD too, and no link is printed', () => {
    expect(server.setupLink).toBeNull();
    expect(admin.token).toMatch(/^ey/);
  });
});

describe('logging in', () => {
  test('answers token, session token and user, and sets a cookie that no script reads', async () => {
    const { data, headers, text } = await rest(server.url, 'POST /api/auth/login', { body: ADMIN });
    expect(data['user']).toMatchObject({ id: admin.id, email: ADMIN.email, role: 'admin' });
    expect(headers.getSetCookie()[0]).toMatch(/^wzatco_session=[\w-]{43}; .*HttpOnly; SameSite=Strict$/);
    expect(cookieOf(headers)).toBe(`wzatco_session=${data['sessionToken']}`);
    expect(text).not.toContain('$2b$');
    const claims = JSON.parse(Buffer.from(String(data['token']).split('.')[1] ?? '', 'base64url').toString());
    expect(claims.exp - claims.iat).toBe(15 * 24 * 60 * 60);
    expect(Object.keys(claims).toSorted()).toEqual(['aud', 'exp', 'iat', 'id', 'sid']);
  });

  test('says the same for an unknown address, a wrong password and a suspended user', async () => {
    const agent = await createPerson(server.url, admin);
    await rest(server.url, `PATCH /api/users/${agent.id}`, {
      token: admin.token,
      body: { status: 'suspended' },
    });
    const attempt = (email: string, password: string) =>
      rest(server.url, 'POST /api/auth/login', { body: { email, password } });
    const answers = [
      await attempt('nobody@example.com', PASSWORD),
      await attempt(ADMIN.email, 'wrong-password'),
      await attempt(agent.email, PASSWORD),
      await attempt(ADMIN.email, 'x'.repeat(100)),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
  });

  test('an unknown address takes as long as a wrong password: both compare a bcrypt hash', async () => {
    const time = async (email: string) => {
      const startedAt = performance.now();
      await rest(server.url, 'POST /api/auth/login', { body: { email, password: 'wrong-password' } });
      return performance.now() - startedAt;
    };
    const other = await createPerson(server.url, admin);
    await time(other.email);
    expect(await time('unknown@example.com')).toBeGreaterThan((await time(other.email)) / 4);
  });

  test('ten failures of an account from an address, and the eleventh waits, even with the right password', async () => {
    const agent = await createPerson(server.url, admin);
    const attempt = (password: string) =>
      rest(server.url, 'POST /api/auth/login', { body: { email: agent.email, password } });
    const failures = await Promise.all(Array.from({ length: 10 }, () => attempt('wrong-password')));
    expect(failures.every(({ status }) => status === 401)).toBe(true);
    const refused = await attempt(PASSWORD);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await loginAdmin(server.url)).id).toBe(admin.id);
  });
});

describe('the cookie', () => {
  test('gives a new token for the same session to our own pages, and to nobody else', async () => {
    const { headers } = await rest(server.url, 'POST /api/auth/login', { body: ADMIN });
    const cookie = cookieOf(headers);
    const token = (more: Record<string, string>) =>
      rest(server.url, 'POST /api/auth/token', { headers: { cookie, ...more } });
    expect((await token({ origin: server.url })).data['user']).toMatchObject({ id: admin.id });
    expect((await token({ origin: 'http://localhost:3000' })).status).toBe(200);
    expect((await token({})).error?.code).toBe('FORBIDDEN');
    expect((await token({ origin: 'https://evil.example' })).error?.code).toBe('FORBIDDEN');
    expect((await token({ origin: 'http://localhost:4444' })).error?.code).toBe('FORBIDDEN');
    expect((await token({ origin: server.url, cookie: 'wzatco_session=guess' })).status).toBe(401);
    // A stale cookie does not keep anybody from logging in again.
    const again = await rest(server.url, 'POST /api/auth/login', {
      body: ADMIN,
      headers: { origin: server.url, cookie: 'wzatco_session=stale' },
    });
    expect(again.status).toBe(200);
  });
});

describe('ending sessions', () => {
  test('logging out ends the requests and the socket of that session, and of no other', async () => {
    const agent = await createPerson(server.url, admin);
    const second = await login(server.url, agent.email, PASSWORD);
    const [one, two] = [
      await connectSocket(server.url, agent.token),
      await connectSocket(server.url, second.token),
    ];
    const gone = ended(one);
    expect((await rest(server.url, 'POST /api/auth/logout', { token: agent.token })).status).toBe(200);
    await gone;
    expect((await rest(server.url, 'GET /api/auth/me', { token: agent.token })).status).toBe(401);
    expect((await rest(server.url, 'GET /api/auth/me', { token: second.token })).status).toBe(200);
    expect(two.raw.connected).toBe(true);
    await expect(connectSocket(server.url, agent.token)).rejects.toMatchObject({
      message: 'Authentication error: Invalid token',
      data: { code: 'UNAUTHENTICATED' },
    });
    two.close();
  });

  test('suspending a user ends everything of theirs at once', async () => {
    const agent = await createPerson(server.url, admin);
    const socket = await connectSocket(server.url, agent.token);
    const gone = ended(socket);
    await rest(server.url, `PATCH /api/users/${agent.id}`, {
      token: admin.token,
      body: { status: 'suspended' },
    });
    await gone;
    expect((await rest(server.url, 'GET /api/auth/me', { token: agent.token })).status).toBe(401);
    // Their sessions have ended too, but that is not why.
    await server.features.bus.idle(5_000);
    await expect(connectSocket(server.url, agent.token)).rejects.toMatchObject({
      message: 'Authentication error: Invalid user',
      data: { code: 'UNAUTHENTICATED' },
    });
  });

  test('changing the password ends every session and opens a new one for the caller', async () => {
    const agent = await createPerson(server.url, admin);
    const socket = await connectSocket(server.url, agent.token);
    const gone = ended(socket);
    const change = (currentPassword: string) =>
      rest(server.url, 'POST /api/auth/change-password', {
        token: agent.token,
        body: { currentPassword, newPassword: 'another-long-password' },
      });
    expect((await change('not-it')).error?.code).toBe('VALIDATION_FAILED');
    const changed = await change(PASSWORD);
    await gone;
    expect((await rest(server.url, 'GET /api/auth/me', { token: agent.token })).status).toBe(401);
    const me = await rest(server.url, 'GET /api/auth/me', { token: String(changed.data['token']) });
    expect(me.data['email']).toBe(agent.email);
    expect((await login(server.url, agent.email, 'another-long-password')).id).toBe(agent.id);
  });

  test('sessions are listed and revoked, one or all others', async () => {
    const agent = await createPerson(server.url, admin);
    const second = await login(server.url, agent.email, PASSWORD);
    await login(server.url, agent.email, PASSWORD);
    const list = await rest(server.url, 'GET /api/auth/sessions', { token: agent.token });
    expect(list.list).toHaveLength(3);
    expect(list.list.filter(({ current }) => current)).toHaveLength(1);
    expect(list.list[0]).toMatchObject({
      ipAddress: expect.stringMatching(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/),
    });
    const mine = (await rest(server.url, 'GET /api/auth/sessions', { token: second.token })).list;
    const secondId = mine.find(({ current }) => current)?.['id'];
    expect(
      (await rest(server.url, `DELETE /api/auth/sessions/${secondId}`, { token: admin.token })).status,
    ).toBe(404);
    expect(
      (await rest(server.url, `DELETE /api/auth/sessions/${secondId}`, { token: agent.token })).status,
    ).toBe(200);
    expect((await rest(server.url, 'GET /api/auth/me', { token: second.token })).status).toBe(401);
    const others = await rest(server.url, 'POST /api/auth/sessions/revoke-others', { token: agent.token });
    expect(others.data).toEqual({ revoked: 1 });
    expect((await rest(server.url, 'GET /api/auth/me', { token: agent.token })).status).toBe(200);
  });

  test('a session ends by itself after 15 days', async () => {
    const { token } = await loginAdmin(server.url);
    const before = clock;
    try {
      clock = new Date(before.getTime() + 15 * 24 * 60 * 60 * 1000 + 1000);
      expect((await rest(server.url, 'GET /api/auth/me', { token })).status).toBe(401);
    } finally {
      clock = before;
    }
  });
});

describe('invitations', () => {
  test('a user without a password gets a link that works once and for seven days', async () => {
    const invite = async (email: string) => {
      const body = { email, name: 'New Agent', role: 'agent' };
      const { data } = await rest(server.url, 'POST /api/users', { token: admin.token, body });
      return new URL(String(data['invitationUrl'])).searchParams.get('token');
    };
    const accept = (token: string | null) =>
      rest(server.url, 'POST /api/auth/reset-password', { body: { token, password: PASSWORD } });
    const token = await invite('new@example.com');
    expect((await accept(token)).data['user']).toMatchObject({ email: 'new@example.com' });
    expect((await accept(token)).error?.code).toBe('FORBIDDEN');
    const late = await invite('late@example.com');
    const before = clock;
    try {
      clock = new Date(before.getTime() + 7 * 24 * 60 * 60 * 1000 + 1);
      expect((await accept(late)).error?.code).toBe('FORBIDDEN');
    } finally {
      clock = before;
    }
  });

  test('the last admin cannot be taken away, and an address cannot be used twice', async () => {
    const demote = await rest(server.url, `PATCH /api/users/${admin.id}`, {
      token: admin.token,
      body: { role: 'agent' },
    });
    expect(demote.error?.code).toBe('CONFLICT');
    const body = { email: ADMIN.email.toUpperCase(), name: 'Twin', role: 'agent', password: PASSWORD };
    expect((await rest(server.url, 'POST /api/users', { token: admin.token, body })).error?.code).toBe(
      'CONFLICT',
    );
  });
});

describe('sockets', () => {
  test.each([
    [{}, 'Authentication error: No token provided'],
    [{ token: '' }, 'Authentication error: No token provided'],
    [{ token: 'nonsense' }, 'Authentication error: Invalid token'],
    [{ token: 7 }, 'Authentication error: Invalid token'],
    [{ token: 'nonsense', protocol: 99 }, 'Unsupported protocol'],
  ])('%j is refused with “%s” and a code', async (auth, message) => {
    await expect(connectSocket(server.url, auth)).rejects.toMatchObject({
      message,
      data: { code: expect.stringMatching(/^[A-Z_]+$/) },
    });
  });

  test('a missing protocol is 1', async () => {
    const visitor = await createVisitor(server.url);
    const socket = await connectSocket(server.url, { token: visitor.token });
    expect(socket.raw.connected).toBe(true);
    socket.close();
  });

  test('the token of somebody who is gone is refused as Invalid user, and an ended one as Invalid token', async () => {
    const { tokens, models } = server.features;
    const agent = await createPerson(server.url, admin);
    await models.users.updateOne({ _id: agent.id }, { $set: { status: 'inactive' } });
    await expect(connectSocket(server.url, agent.token)).rejects.toMatchObject({
      message: 'Authentication error: Invalid user',
      data: { code: 'UNAUTHENTICATED' },
    });
    const nobody = await tokens.signVisitor({ customerId: '0'.repeat(24), siteId: '0'.repeat(24) });
    await expect(connectSocket(server.url, nobody)).rejects.toMatchObject({
      message: 'Authentication error: Invalid user',
    });
    const ended = await tokens.signStaff({ id: agent.id, sid: '0'.repeat(24) });
    await expect(connectSocket(server.url, ended)).rejects.toMatchObject({
      message: 'Authentication error: Invalid token',
    });
  });

  test('a login of role user is connected, hears nothing of staff, and ends with its session', async () => {
    const somebody = await createPerson(server.url, admin, { role: 'user' });
    const socket = await connectSocket(server.url, somebody.token);
    const boss = await connectSocket(server.url, admin.token);
    await boss.send('agent_status', { status: 'online' });
    await boss.hear('agent_presence_update', ({ status }) => status === 'online');
    const gone = ended(socket);
    await rest(server.url, 'POST /api/auth/logout', { token: somebody.token });
    await gone;
    expect(socket.heard).toEqual([]);
    boss.close();
  });

  test('the door admits known origins only, and then the token’s own list decides', async () => {
    const visitor = await createVisitor(server.url);
    const connect = (token: string, origin: string, transports = ['websocket']) =>
      connectSocket(server.url, token, { origin, transports });
    await expect(connect(visitor.token, 'https://evil.example')).rejects.toBeDefined();
    await expect(connect(visitor.token, 'https://evil.example', ['polling'])).rejects.toBeDefined();
    await expect(connect(admin.token, 'http://localhost:4444')).rejects.toMatchObject({
      data: { code: 'FORBIDDEN' },
    });
    (await connect(visitor.token, 'http://localhost:4444')).close();
    (await connect(visitor.token, 'http://localhost:4444', ['polling'])).close();
    (await connect(admin.token, 'http://localhost:3000')).close();
    (await connect(admin.token, server.url)).close();
  });
});
