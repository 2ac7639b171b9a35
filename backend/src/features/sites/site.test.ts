import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, ended } from '../../testing/live-socket.ts';
import { createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let admin: Person;
let id: string;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  const { list } = await rest(server.url, 'GET /api/sites', { token: admin.token });
  id = String(list[0]?.['id']);
});

afterAll(() => stopTestServer(server));

const change = (body: object) => rest(server.url, `PATCH /api/sites/${id}`, { token: admin.token, body });

describe('sites', () => {
  test('the first one is there, and its secret is not shown', async () => {
    const { list, text } = await rest(server.url, 'GET /api/sites', { token: admin.token });
    expect(list).toMatchObject([
      { key: 'default', allowedOrigins: [], requireIdentity: false, departments: [] },
    ]);
    expect(text).not.toMatch(/secret/i);
  });

  test('one is read by its id, by admins', async () => {
    const read = (siteId: string) => rest(server.url, `GET /api/sites/${siteId}`, { token: admin.token });
    const { list } = await rest(server.url, 'GET /api/sites', { token: admin.token });
    const one = await read(id);
    expect(one.data).toEqual(list[0]);
    expect(one.text).not.toMatch(/secret/i);
    expect((await read('0'.repeat(24))).error?.code).toBe('NOT_FOUND');
  });

  test('a page of an origin that is added may embed it at once, and one that is taken away may not', async () => {
    const origin = 'https://shop.example';
    const open = () =>
      rest(server.url, 'POST /api/widget/session', { body: { siteKey: 'default' }, headers: { origin } });
    expect((await open()).status).toBe(403);
    const added = await change({
      allowedOrigins: ['https://Shop.example/some/page', 'http://localhost:9999'],
    });
    expect(added.data['allowedOrigins']).toEqual([origin, 'http://localhost:9999']);
    const token = String((await open()).data['visitorToken']);
    (await connectSocket(server.url, token, { origin })).close();
    await change({ allowedOrigins: [] });
    await expect(connectSocket(server.url, token, { origin })).rejects.toBeDefined();
  });

  test('an open connection ends when its origin is taken away or its identity asked for, and no other one', async () => {
    const origin = 'https://shop.example';
    await change({ allowedOrigins: [origin, 'https://other.example'] });
    const connect = async (from: string) => {
      const { token } = await createVisitor(server.url);
      return connectSocket(server.url, token, { origin: from });
    };
    const [gone, stays] = [await connect(origin), await connect('https://other.example')];
    const known = await createVisitor(server.url);
    const { customers, bus } = server.features.chat;
    await customers.updateOne({ _id: known.id }, { $set: { verified: true } });
    const verified = await connectSocket(server.url, known.token);

    const first = ended(gone);
    await change({ allowedOrigins: ['https://other.example'], name: 'Northwind' });
    expect(await first).toBe('io server disconnect');
    await bus.idle(5_000);
    expect([stays.raw.connected, verified.raw.connected]).toEqual([true, true]);

    const second = ended(stays);
    await change({ requireIdentity: true });
    expect(await second).toBe('io server disconnect');
    await bus.idle(5_000);
    expect((await verified.send('sync_chat', { chatId: '0'.repeat(24), afterSeq: 0 })).error?.code).toBe(
      'NOT_FOUND',
    );
    verified.close();
    await change({ requireIdentity: false, allowedOrigins: [] });
  });

  test('what the form asks and offers is what the widget hears', async () => {
    await change({
      name: 'Northwind',
      departments: ['sales'],
      preChatForm: { name: 'optional', email: 'required', department: 'hidden' },
      theme: { accent: '#112233' },
    });
    const { data } = await rest(server.url, 'GET /api/widget/config?site=default');
    expect(data).toMatchObject({
      site: { name: 'Northwind' },
      departments: ['Sales'],
      preChatForm: { email: 'required' },
      theme: { accent: '#112233' },
    });
  });

  test.each([
    [{ allowedOrigins: ['not an origin'] }],
    [{ allowedOrigins: ['javascript:alert(1)'] }],
    [{ allowedOrigins: Array.from({ length: 201 }, () => 'https://a.example') }],
    [{ theme: { accent: 'red; background: url(x)' } }],
    [{ departments: ['Nowhere'] }],
    [{ key: 'other' }],
    [{ identitySecret: 'mine' }],
  ])('%j is refused and changes nothing', async (body) => {
    const before = await rest(server.url, 'GET /api/sites', { token: admin.token });
    expect((await change(body)).error?.code).toBe('VALIDATION_FAILED');
    expect((await rest(server.url, 'GET /api/sites', { token: admin.token })).list).toEqual(before.list);
  });
});

describe('the secret that signs identities', () => {
  const make = (token: string, siteId = id) =>
    rest(server.url, `POST /api/sites/${siteId}/identity-secret`, { token });
  /** What the backend of a site signs, as the README says. */
  const sign = (secret: string) =>
    new SignJWT({ name: 'Vera', email: 'vera@example.com' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('user-7')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(secret));
  const open = async (secret: string) =>
    rest(server.url, 'POST /api/widget/session', {
      body: { siteKey: 'default', identity: await sign(secret) },
    });

  test('is told to an admin once, signs from then on, and replaces the one before', async () => {
    const first = await make(admin.token);
    expect(first.data).toEqual({ identitySecret: expect.stringMatching(/^[\w-]{43}$/) });
    expect(first.headers.get('cache-control')).toBe('no-store');
    const old = String(first.data['identitySecret']);
    expect((await open(old)).data['customer']).toMatchObject({ name: 'Vera', verified: true });

    const renewed = String((await make(admin.token)).data['identitySecret']);
    expect(renewed).not.toBe(old);
    expect((await open(renewed)).data['customer']).toMatchObject({ name: 'Vera', verified: true });
    expect((await open(old)).error?.code).toBe('UNAUTHENTICATED');
    expect((await rest(server.url, 'GET /api/sites', { token: admin.token })).text).not.toContain(renewed);
  });

  test('is nobody else’s to make, and no unknown site’s', async () => {
    const agent = await createPerson(server.url, admin);
    expect((await make(agent.token)).error?.code).toBe('FORBIDDEN');
    expect((await make(admin.token, '0'.repeat(24))).error?.code).toBe('NOT_FOUND');
  });
});
