import { createVisitorClient, type VisitorClient } from '@wzatco/sdk';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { actAsBrowser } from './testing/browser-page.ts';
import { type CutProxy, startCutProxy } from './testing/cut-proxy.ts';
import { rest } from './testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';
import { until } from './testing/until.ts';

const SECRET = 'the-shop-shares-this-with-us-only';
let server: TestServer;
let line: CutProxy;

beforeAll(async () => {
  server = await startTestServer();
  line = await startCutProxy({ host: 'localhost', port: Number(new URL(server.url).port) });
  await server.features.models.sites.create({
    key: 'shop',
    name: 'Shop',
    allowedOrigins: ['https://shop.example'],
    identitySecret: SECRET,
    theme: { accent: '#000000' },
    texts: { title: 'Shop', greeting: 'Hello' },
    preChatForm: { name: 'hidden', email: 'hidden', department: 'hidden' },
  });
});
beforeEach(() => {
  onTestFinished(actAsBrowser());
});
afterAll(async () => {
  line.stop();
  await stopTestServer(server);
});

const identityOf = (sub: string) =>
  new SignJWT({ sub, name: sub })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));

/** The page of the shop, loaded by somebody whom the shop knows, or by nobody in particular. */
async function load(sub?: string): Promise<VisitorClient> {
  const identity = sub === undefined ? {} : { identity: await identityOf(sub) };
  const client = createVisitorClient({ server: `http://localhost:${line.port}`, site: 'shop', ...identity });
  onTestFinished(() => client.stop());
  return client;
}

/** The page is loaded while there is no network; answers what it shows. */
async function loadOffline(sub: string): Promise<{ client: VisitorClient; texts: string[] }> {
  const client = await load(sub);
  await expect(client.start()).rejects.toMatchObject({ code: 'OFFLINE' });
  await until(client.chat, (chat) => chat !== null);
  return { client, texts: textsOf(client) };
}

const shownBy = (client: VisitorClient) => client.chat.get()?.state.get().messages ?? [];
const textsOf = (client: VisitorClient) => shownBy(client).map(({ content }) => content);
const stateOf = (client: VisitorClient, text: string) =>
  shownBy(client).find(({ content }) => content === text)?.state;
const isSent = (client: VisitorClient, text: string) =>
  expect.poll(() => stateOf(client, text), { interval: 10 }).toBe('sent');

/** What is stored of the customer whom the shop knows by this name. */
async function saidBy(externalId: string): Promise<string[]> {
  const site = await server.features.models.sites.findOne({ key: 'shop' }).lean();
  const customer = await server.features.chat.customers
    .findOne({ siteId: String(site?._id), externalId })
    .lean();
  return saidByCustomer(String(customer?._id));
}

async function saidByCustomer(customerId: string): Promise<string[]> {
  const { chats, messages } = server.features.chat;
  const [chat, ...others] = await chats.find({ customerId }).lean();
  expect(others).toEqual([]);
  const said = await messages
    .find({ chatId: String(chat?._id) })
    .sort({ seq: 1 })
    .lean();
  return said.map(({ content }) => content);
}

test('what one person left unsent waits for them: neither sent for another nor shown to them', async () => {
  line.cut();
  const ada = await load('ada');
  (await ada.openChat({ message: 'of ada' })).send('behind it');
  ada.stop();

  await line.mend();
  const bob = await load('bob');
  await bob.openChat({ message: 'of bob' });
  await isSent(bob, 'of bob');
  expect(textsOf(bob)).toEqual(['of bob']);
  bob.stop();
  expect(await saidBy('bob')).toEqual(['of bob']);

  line.cut();
  const again = await loadOffline('ada');
  expect(again.texts).toEqual(['of ada', 'behind it']);
  await line.mend();
  await isSent(again.client, 'behind it');
  expect(await saidBy('ada')).toEqual(['of ada', 'behind it']);
  expect(await saidBy('bob')).toEqual(['of bob']);
});

test('a message of a chat waits for its customer too, who sees it offline', async () => {
  const dora = await load('dora');
  const chat = await dora.openChat({ message: 'Hello' });
  line.cut();
  chat.send('of dora');
  dora.stop();
  const offline = await loadOffline('dora');
  expect(offline.texts).toEqual(['of dora']);
  offline.client.stop();

  await line.mend();
  const bob = await load('bob');
  await bob.start();
  await bob.openChat({ message: 'of bob, later' });
  await isSent(bob, 'of bob, later');
  bob.stop();

  const again = await load('dora');
  await again.start();
  await isSent(again, 'of dora');
  expect(await saidBy('dora')).toEqual(['Hello', 'of dora']);
  expect(await saidBy('bob')).not.toContain('of dora');
});

test('nor does another visitor’s token in the storage send what was written before it came', async () => {
  const first = await load();
  await first.start();
  line.cut();
  await first.openChat({ message: 'of the first' });
  first.stop();
  await line.mend();
  const { data } = await rest(server.url, 'POST /api/widget/session', { body: { siteKey: 'shop' } });
  const key = `wzatco:http://localhost:${line.port}:shop`;
  expect(localStorage.getItem(key)).not.toBeNull();
  localStorage.setItem(key, String(data['visitorToken']));
  const second = await load();
  expect((await second.start()).customer).toEqual(data['customer']);
  await second.openChat({ message: 'of the second' });
  await isSent(second, 'of the second');
  expect(textsOf(second)).toEqual(['of the second']);
  expect(await saidByCustomer(String(second.session.get()?.customer.id))).toEqual(['of the second']);
});

test('what was written before anybody was known is of the one who then is', async () => {
  line.cut();
  const nobody = await load();
  await nobody.openChat({ message: 'of emil' });
  nobody.stop();
  await line.mend();
  const emil = await load('emil');
  await emil.start();
  await isSent(emil, 'of emil');
  expect(await saidBy('emil')).toEqual(['of emil']);
});

test('a page without an identity goes on as the customer of its token, with what they left', async () => {
  const carl = await load('carl');
  const chat = await carl.openChat({ message: 'Hello' });
  line.cut();
  chat.send('of carl');
  carl.stop();
  await line.mend();
  const again = await load();
  await again.start();
  await isSent(again, 'of carl');
  expect(await saidBy('carl')).toEqual(['Hello', 'of carl']);
});
