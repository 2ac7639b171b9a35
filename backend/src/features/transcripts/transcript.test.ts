import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { converse, stopClients } from '../../testing/live-clients.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { until } from '../../testing/until.ts';

const HOSTILE = '<img src=x onerror="alert(1)"> & \'you\'\nshe said';

let server: TestServer;
let agent: Person;
let visitor: Person;
let chatId: string;

beforeAll(async () => {
  server = await startTestServer({ now: () => new Date('2036-01-07T09:00:00Z') });
  const admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { department: 'Technical', name: 'Anna <b>' });
  visitor = await createVisitor(server.url);
  chatId = await createChat(server.url, visitor, { name: 'كارلا', department: 'Technical', message: 'مرحبا' });
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: agent.token, body: {} });
  await say(HOSTILE);
  const secret = await say('my secret');
  await rest(server.url, `DELETE /api/chats/${chatId}/messages/${secret}`, { token: agent.token });
  const draft = await say('frist');
  const body = { message: 'first' };
  await rest(server.url, `PATCH /api/chats/${chatId}/messages/${draft}`, { token: agent.token, body });
  const note = { content: 'an internal remark' };
  await rest(server.url, `POST /api/chats/${chatId}/notes`, { token: agent.token, body: note });
});

afterEach(stopClients);
afterAll(() => stopTestServer(server));

async function say(message: string): Promise<string> {
  const path = `POST /api/chats/${chatId}/messages`;
  const { data } = await rest(server.url, path, { token: agent.token, body: { message } });
  return String(data['id']);
}

const read = (query: string, { token } = visitor) =>
  rest(server.url, `GET /api/chats/${chatId}/transcript?${query}`, { token });

describe('a transcript', () => {
  test('as text: one line begins a message, and nobody can write another’s', async () => {
    const { text, headers } = await read('');
    expect(text.replaceAll(/[\u2068\u2069]/g, '')).toBe(
      [
        'Chat with كارلا',
        'Begun 2036-01-07 09:00:00',
        'All times in UTC',
        '',
        '[2036-01-07 09:00:00] كارلا: مرحبا',
        `[2036-01-07 09:00:00] Anna <b>: ${HOSTILE.replace('\n', '\n    ')}`,
        '[2036-01-07 09:00:00] Anna <b> (deleted):',
        '[2036-01-07 09:00:00] Anna <b> (edited): first',
        '',
      ].join('\n'),
    );
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-disposition')).toContain(`attachment; filename="chat-${chatId}.txt"`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('as HTML: escaped, without anything from elsewhere, each text in its own direction', async () => {
    const { text, headers } = await read('format=html');
    expect(text).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;you&#39;');
    expect(text).toContain('<bdi>Anna &lt;b&gt;</bdi>');
    expect(text).toContain('<p dir="auto">مرحبا</p>');
    expect(text).not.toMatch(/<(img|script|link|iframe)|https?:|url\(/i);
    expect(text.match(/<li /g)).toHaveLength(4);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('content-disposition')).toContain('.html"');
  });

  test('as JSON: the chat and its messages as the API has them', async () => {
    const { text } = await read('format=json');
    const parsed = JSON.parse(text) as { chat: object; messages: object[] };
    const { data } = await rest(server.url, `GET /api/chats/${chatId}`, { token: visitor.token });
    const page = await rest(server.url, `GET /api/chats/${chatId}/messages?after=0`, {
      token: visitor.token,
    });
    expect(parsed).toEqual({ chat: data, timeZone: 'UTC', messages: page.data['messages'] });
  });

  test.each(['text', 'html', 'json'])(
    'as %s holds no note and nothing deleted or edited away',
    async (format) => {
      for (const person of [visitor, agent]) {
        const { text } = await read(`format=${format}`, person);
        expect(text).not.toMatch(/internal remark|my secret|frist/);
      }
    },
  );

  test('has its times where the reader is, and names the zone', async () => {
    const { text } = await read('timeZone=Asia/Kolkata');
    expect(text).toContain('[2036-01-07 14:30:00]');
    expect(text).toContain('All times in Asia/Kolkata');
    for (const query of ['timeZone=Mars/Olympus', 'timeZone=<b>', 'format=pdf']) {
      expect((await read(query)).error?.code).toBe('VALIDATION_FAILED');
    }
  });
});

test('a long chat comes whole, page by page', async () => {
  const owner = await createVisitor(server.url);
  const long = await createChat(server.url, owner);
  const { messages, chats, connection } = server.features.chat;
  await connection.transaction(async (session) => {
    const more = Array.from({ length: 949 }, (_, index) => ({
      chatId: long,
      seq: index + 2,
      rev: index + 2,
      sender: 'customer' as const,
      senderId: owner.id,
      senderName: 'Carla',
      content: `message ${index + 2}`,
    }));
    await messages.insertMany(more, { session });
    await chats.updateOne({ _id: long }, { $set: { lastSeq: 950, lastRev: 950 } }, { session });
  });
  const path = `GET /api/chats/${long}/transcript?format=json`;
  const { text } = await rest(server.url, path, { token: owner.token });
  const { messages: written } = JSON.parse(text) as { messages: { seq: number }[] };
  expect(written.map(({ seq }) => seq)).toEqual(Array.from({ length: 950 }, (_, index) => index + 1));
});

test('both clients give it as a file', async () => {
  const { customerChat, agentChat } = await converse(server.url);
  await until(agentChat.state, ({ loading }) => !loading);
  expect(await (await customerChat.transcript()).text()).toContain('Hello?');
  expect(await (await agentChat.transcript('html')).text()).toContain('<!doctype html>');
});
