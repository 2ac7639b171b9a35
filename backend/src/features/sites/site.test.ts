import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, ended } from '../../testing/live-socket.ts';
import { createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
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
