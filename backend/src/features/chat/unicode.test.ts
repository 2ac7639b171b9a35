import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChat, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let admin: Person;
let visitor: Person;
let chatId: string;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  visitor = await createVisitor(server.url);
  chatId = await createChat(server.url, visitor);
});

afterAll(() => stopTestServer(server));

const say = (message: string) =>
  rest(server.url, `POST /api/chats/${chatId}/messages`, { token: visitor.token, body: { message } });
const rate = (comment: string) =>
  rest(server.url, `POST /api/chats/${chatId}/rating`, {
    token: visitor.token,
    body: { rating: 4, comment },
  });
const open = async (body: object) =>
  rest(server.url, 'POST /api/chats', {
    token: (await createVisitor(server.url)).token,
    body: { name: 'Carla', message: 'Hello', ...body },
  });

describe('what cannot be seen', () => {
  test.each(['\u200b', ' \u200d\u2060 ', '\u202e\u00ad', '\n\t\u00a0\u3000', '\u{e0041}\ufeff'])(
    'is no message and no name: %j',
    async (text) => {
      expect((await say(text)).error?.code).toBe('VALIDATION_FAILED');
      expect((await open({ name: text })).error?.code).toBe('VALIDATION_FAILED');
    },
  );

  test.each(['👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '\u200fשלום\u200e ok', 'می‌خواهم', '.'])('stays in what can: %s', async (text) => {
    expect((await say(text)).data['content']).toBe(text);
    expect((await open({ name: text })).status).toBe(201);
  });
});

describe('characters that control', () => {
  test.each(['\0', 'car\0la', 'a\u0007b', 'a\u009fb', 'a\nb'])('are not searched for: %j', async (q) => {
    for (const list of ['chats', 'users']) {
      const answer = await rest(server.url, `GET /api/${list}?q=${encodeURIComponent(q)}`, {
        token: admin.token,
      });
      expect([list, answer.status, answer.error?.code]).toEqual([list, 400, 'VALIDATION_FAILED']);
    }
  });

  test('are in no page’s address, and of a rating’s comment only lines and tabs', async () => {
    expect((await open({ page: 'https://example.com/\0' })).error?.code).toBe('VALIDATION_FAILED');
    expect((await rate('fine\0')).error?.code).toBe('VALIDATION_FAILED');
    expect((await rate('fine\u001b[31m')).error?.code).toBe('VALIDATION_FAILED');
    expect((await rate('fine\n\tbut slow\r\nsometimes')).status).toBe(200);
  });
});

test('half a surrogate pair is replaced wherever a customer writes', async () => {
  const opened = await open({ name: 'Carla \udc00', page: 'https://example.com/\ud83d' });
  expect(opened.status).toBe(201);
  const { data } = await rest(server.url, `GET /api/chats/${opened.data['chatId']}`, { token: admin.token });
  expect(data).toMatchObject({
    customer: { name: 'Carla \ufffd' },
    page: 'https://example.com/\ufffd',
  });
  await rate('half \ud83d');
  const rated = await rest(server.url, `GET /api/chats/${chatId}`, { token: admin.token });
  expect(rated.data['rating']).toMatchObject({ comment: 'half \ufffd' });
});
