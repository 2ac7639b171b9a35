import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChat, createVisitor, loginAdmin } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  const { sites } = server.features.models;
  await sites.create({
    key: 'shop',
    name: 'Shop',
    allowedOrigins: ['https://shop.example'],
    identitySecret: 'the-shop-shares-this-with-us-only',
    theme: { accent: '#000000' },
    texts: { title: 'Shop', greeting: 'Hello' },
    preChatForm: { name: 'hidden', email: 'hidden', department: 'hidden' },
  });
});

afterAll(() => stopTestServer(server));

const session = (body: object, headers: Record<string, string> = {}) =>
  rest(server.url, 'POST /api/widget/session', { body, headers });

const identity = (claims: Record<string, unknown>, secret = 'the-shop-shares-this-with-us-only') =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));

describe('a visitor token', () => {
  test('continues as the same customer, and names the open chat', async () => {
    const visitor = await createVisitor(server.url);
    const chatId = await createChat(server.url, visitor);
    const again = await session({ siteKey: 'default', visitorToken: visitor.token });
    expect(again.data).toMatchObject({
      customer: { id: visitor.id },
      chat: { id: chatId, status: 'waiting', lastSeq: 1 },
    });
  });

  test('names the open chat of several, although one that ended since is the newer', async () => {
    const admin = await loginAdmin(server.url);
    const site = await server.features.models.sites.findOne({ key: 'default' }).lean();
    const allow = (allowSeveralChats: boolean) =>
      rest(server.url, `PATCH /api/sites/${String(site?._id)}`, {
        token: admin.token,
        body: { allowSeveralChats },
      });
    await allow(true);
    const visitor = await createVisitor(server.url);
    const [open, over] = [await createChat(server.url, visitor), await createChat(server.url, visitor)];
    await rest(server.url, `POST /api/chats/${over}/close`, { token: visitor.token });
    const { data } = await session({ siteKey: 'default', visitorToken: visitor.token });
    expect(data['chat']).toMatchObject({ id: open, status: 'waiting' });
    await allow(false);
  });

  test('of another site, a staff token or nonsense gives a new customer, never somebody else', async () => {
    const visitor = await createVisitor(server.url);
    const admin = await loginAdmin(server.url);
    for (const visitorToken of [admin.token, 'nonsense']) {
      const { data } = await session({ siteKey: 'default', visitorToken });
      expect(data['customer']).not.toMatchObject({ id: visitor.id });
    }
    const elsewhere = await session({ siteKey: 'shop', visitorToken: visitor.token });
    expect(elsewhere.data['customer']).not.toMatchObject({ id: visitor.id });
  });

  test('is never taken for a staff token', async () => {
    const visitor = await createVisitor(server.url);
    expect((await rest(server.url, 'GET /api/auth/me', { token: visitor.token })).error?.code).toBe(
      'FORBIDDEN',
    );
    expect((await rest(server.url, 'GET /api/users', { token: visitor.token })).error?.code).toBe(
      'FORBIDDEN',
    );
  });

  test('is given to pages of the site’s own origins only', async () => {
    expect((await session({ siteKey: 'shop' }, { origin: 'https://shop.example' })).status).toBe(200);
    const refused = await session({ siteKey: 'shop' }, { origin: 'https://evil.example' });
    expect(refused.error).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('https://evil.example'),
    });
    // The page can read why: the answer is open to it, and never to one with credentials.
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused.headers.get('access-control-allow-credentials')).toBeNull();
    const used = await rest(server.url, 'GET /api/chats', {
      token: String((await session({ siteKey: 'shop' })).data['visitorToken']),
      headers: { origin: 'http://localhost:4444' },
    });
    expect(used.error?.code).toBe('FORBIDDEN');
  });

  test('an unknown site is NOT_FOUND', async () => {
    expect((await session({ siteKey: 'nowhere' })).error?.code).toBe('NOT_FOUND');
  });
});

describe('a signed identity', () => {
  test('is the same customer everywhere, verified', async () => {
    const signed = await identity({ sub: 'user-7', name: 'Vera', email: 'Vera@Example.com' });
    const first = await session({ siteKey: 'shop', identity: signed });
    const second = await session({ siteKey: 'shop', identity: signed });
    expect(first.data['customer']).toMatchObject({ name: 'Vera', email: 'vera@example.com', verified: true });
    expect(second.data['customer']).toEqual(first.data['customer']);
  });

  test.each([
    [
      { name: null, email: null },
      { name: null, email: null },
    ],
    [
      { name: '', email: '' },
      { name: null, email: null },
    ],
    [
      { name: 7, email: ['a@example.com'] },
      { name: null, email: null },
    ],
    [
      { name: ' \u200b ', email: 'not an address' },
      { name: null, email: null },
    ],
    [
      { name: 'Vera', email: `${'x'.repeat(250)}@example.com` },
      { name: 'Vera', email: null },
    ],
    [
      { name: `${'😀'.repeat(100)} and more`, email: ' Vera@Example.com ' },
      { name: '😀'.repeat(100), email: 'vera@example.com' },
    ],
  ])('with %j counts: what cannot be used of it is as if it were not there', async (claims, known) => {
    const sub = crypto.randomUUID();
    const { data } = await session({ siteKey: 'shop', identity: await identity({ sub, ...claims }) });
    expect(data['customer']).toMatchObject({ ...known, verified: true });
  });

  test('that says no name any more leaves the one that is known', async () => {
    await session({ siteKey: 'shop', identity: await identity({ sub: 'user-70', name: 'Vera' }) });
    const { data } = await session({
      siteKey: 'shop',
      identity: await identity({ sub: 'user-70', name: null }),
    });
    expect(data['customer']).toMatchObject({ name: 'Vera' });
  });

  test.each([[{}], [{ sub: '' }], [{ sub: 7 }], [{ sub: 'x'.repeat(201) }]])(
    'of %j names nobody, and is refused',
    async (claims) => {
      const { error } = await session({ siteKey: 'shop', identity: await identity(claims) });
      expect(error).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('sub') });
    },
  );

  test('with another secret, or without an end, is refused', async () => {
    const wrong = await identity({ sub: 'user-7' }, 'x'.repeat(32));
    expect((await session({ siteKey: 'shop', identity: wrong })).error?.code).toBe('UNAUTHENTICATED');
    const endless = await new SignJWT({ sub: 'user-7' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('the-shop-shares-this-with-us-only'));
    expect((await session({ siteKey: 'shop', identity: endless })).error?.code).toBe('UNAUTHENTICATED');
  });

  test('is not overwritten by what the customer says of themselves', async () => {
    const signed = await identity({ sub: 'user-8', name: 'Vera', email: 'vera@example.com' });
    const { data } = await session({ siteKey: 'shop', identity: signed });
    const body = { name: 'Mallory', email: 'mallory@example.com', message: 'Hi' };
    const opened = await rest(server.url, 'POST /api/chats', { token: String(data['visitorToken']), body });
    const chat = await rest(server.url, `GET /api/chats/${opened.data['chatId']}`, {
      token: String(data['visitorToken']),
    });
    expect(chat.data['customer']).toMatchObject({ name: 'Vera', email: 'vera@example.com' });
  });

  test('without an address leaves a message while it is closed, whatever the form asks for: none could be given', async () => {
    const { sites } = server.features.models;
    const inThreeDays = new Date(Date.now() + 3 * 24 * 60 * 60 * 1000);
    const day = inThreeDays.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }).toLowerCase();
    const weekly = [{ day, open: '03:00', close: '03:01' }];
    await sites.updateOne(
      { key: 'shop' },
      {
        businessHours: { timeZone: 'UTC', weekly, holidays: [] },
        'preChatForm.email': 'required',
      },
    );
    const { data } = await session({ siteKey: 'shop', identity: await identity({ sub: 'user-9' }) });
    const opened = await rest(server.url, 'POST /api/chats', {
      token: String(data['visitorToken']),
      body: { message: 'Hi' },
    });
    expect(opened.data).toMatchObject({ status: 'waiting', availability: { isOpen: false, isAway: true } });
    const stranger = await session({ siteKey: 'shop' });
    const refused = await rest(server.url, 'POST /api/chats', {
      token: String(stranger.data['visitorToken']),
      body: { message: 'Hi' },
    });
    expect(refused.error?.code).toBe('VALIDATION_FAILED');
  });
});
