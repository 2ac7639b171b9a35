import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { png, upload } from '../../testing/uploads.ts';

let server: TestServer;
let admin: Person;
let agent: Person;
let otherAgent: Person;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { department: 'Technical' });
  otherAgent = await createPerson(server.url, admin, { department: 'Sales' });
});
afterAll(() => stopTestServer(server));

/** A visitor whose chat the agent has. */
async function conversation() {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical' });
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: agent.token, body: {} });
  return { visitor, chatId };
}

async function uploaded(
  person: Person,
  name = 'words.txt',
  bytes: Uint8Array<ArrayBuffer> | string = 'words',
) {
  const { data, error } = await upload(server.url, person.token, { bytes, name });
  if (error) throw new Error(error.message);
  return String(data['id']);
}

const post = (person: Person, chatId: string, body: unknown) =>
  rest(server.url, `POST /api/chats/${chatId}/messages`, { token: person.token, body });
const statusOf = async (person: Person, path: string) =>
  (await rest(server.url, `GET /api/uploads/${path}`, { token: person.token })).status;

describe('messages with attachments', () => {
  test('reach the other side with what is known of them; words are not needed', async () => {
    const { visitor, chatId } = await conversation();
    const [customer, staff] = [
      await connectSocket(server.url, visitor.token),
      await connectSocket(server.url, agent.token),
    ];
    const ids = [await uploaded(visitor, 'a.png', png(900, 300)), await uploaded(visitor)];
    const answer = await customer.send('send_message', { chatId, message: ' ', attachments: ids });
    const attachments = [
      expect.objectContaining({ id: ids[0], name: 'a.png', width: 900, height: 300, hasThumbnail: true }),
      { id: ids[1], name: 'words.txt', type: 'text/plain', size: 5, hasThumbnail: false },
    ];
    expect(answer.data).toMatchObject({ content: '', attachments });
    expect(await staff.hear('new_message', ({ seq }) => seq === 2)).toMatchObject({ attachments });
    const notice = await staff.hear('chat_message_notification', ({ message }) => message !== 'Hello?');
    expect(notice['message']).toBe('📎 a.png, 📎 words.txt');
    const { data } = await rest(server.url, `GET /api/chats/${chatId}`, { token: agent.token });
    expect(data['lastMessage']).toMatchObject({ content: '📎 a.png, 📎 words.txt' });
    for (const socket of [customer, staff]) socket.close();
  });

  test('may begin a chat', async () => {
    const visitor = await createVisitor(server.url);
    const attachments = [await uploaded(visitor)];
    const body = { name: 'Carla', message: '', attachments };
    const { status, data } = await rest(server.url, 'POST /api/chats', { token: visitor.token, body });
    expect(status).toBe(201);
    expect(data['messages']).toMatchObject([{ seq: 1, content: '', attachments: [{ id: attachments[0] }] }]);
  });

  test('are stored once when they are sent again, and an attachment is used once', async () => {
    const { visitor, chatId } = await conversation();
    const attachments = [await uploaded(visitor)];
    const body = { message: 'see', attachments, clientMessageId: 'm-1' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(visitor, chatId, body)));
    expect(new Set(answers.map(({ data }) => data['id'])).size).toBe(1);
    const { data } = await rest(server.url, `GET /api/chats/${chatId}`, { token: visitor.token });
    expect(data['lastSeq']).toBe(2);
    expect((await post(visitor, chatId, { ...body, attachments: [] })).error?.code).toBe('CONFLICT');
    const again = await post(visitor, chatId, { ...body, clientMessageId: 'm-2' });
    expect(again.error).toMatchObject({
      code: 'VALIDATION_FAILED',
      message: expect.stringContaining('attach it again'),
    });
    expect((await post(visitor, chatId, { message: 'next' })).data['seq']).toBe(3);
  });

  test('name only what is one’s own, each once, five at most, and are never empty', async () => {
    const { visitor, chatId } = await conversation();
    const id = await uploaded(visitor);
    const refused = async (person: Person, body: unknown) => (await post(person, chatId, body)).error?.code;
    expect(await refused(agent, { message: 'yours', attachments: [id] })).toBe('VALIDATION_FAILED');
    expect(await refused(visitor, { message: 'twice', attachments: [id, id] })).toBe('VALIDATION_FAILED');
    const six = await Promise.all(Array.from({ length: 6 }, () => uploaded(visitor)));
    expect(await refused(visitor, { message: 'six', attachments: six })).toBe('VALIDATION_FAILED');
    expect(await refused(visitor, { message: ' ', attachments: [] })).toBe('VALIDATION_FAILED');
    expect(await refused(visitor, { message: 'nowhere', attachments: ['0'.repeat(24)] })).toBe(
      'VALIDATION_FAILED',
    );
    expect((await post(visitor, chatId, { message: 'now', attachments: [id] })).status).toBe(201);
  });
});

describe('who may read a file', () => {
  test('its uploader before it is used; then the members of its chat, and nobody else', async () => {
    const { visitor, chatId } = await conversation();
    const stranger = (await conversation()).visitor;
    const id = await uploaded(visitor, 'a.png', png(20, 20));
    const everybody = [visitor, stranger, agent, otherAgent, admin];
    const statuses = (path: string) => Promise.all(everybody.map((person) => statusOf(person, path)));
    expect(await statuses(id)).toEqual([200, 404, 404, 404, 404]);
    await post(visitor, chatId, { message: '', attachments: [id] });
    for (const path of [id, `${id}/thumbnail`])
      expect(await statuses(path)).toEqual([200, 404, 200, 404, 200]);
    expect(await statusOf(visitor, `${await uploaded(visitor)}/thumbnail`)).toBe(404);
  });

  test('what was not sent can be thrown away by its uploader, what was sent cannot', async () => {
    const { visitor, chatId } = await conversation();
    const id = await uploaded(visitor);
    const remove = (person: Person) => rest(server.url, `DELETE /api/uploads/${id}`, { token: person.token });
    expect((await remove(agent)).status).toBe(404);
    expect((await remove(visitor)).status).toBe(200);
    expect(await statusOf(visitor, id)).toBe(404);
    expect((await post(visitor, chatId, { message: '', attachments: [id] })).status).toBe(400);
    const sent = await uploaded(visitor);
    await post(visitor, chatId, { message: '', attachments: [sent] });
    expect((await rest(server.url, `DELETE /api/uploads/${sent}`, { token: visitor.token })).status).toBe(
      404,
    );
    expect(await statusOf(visitor, sent)).toBe(200);
  });
});

describe('how a file is served', () => {
  const get = (person: Person, path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/uploads/${path}`, {
      headers: { authorization: `Bearer ${person.token}`, ...headers },
    });

  test('as a download that can do nothing, under its own name, and never from a cache without asking', async () => {
    const visitor = await createVisitor(server.url);
    const id = await uploaded(visitor, 'שלום "naïve" 😀.txt', 'words');
    const response = await get(visitor, id, { origin: 'http://localhost:8123' });
    expect(await response.text()).toBe('words');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '5',
      'content-disposition':
        'attachment; filename="____ na_ve _.txt"; ' +
        "filename*=UTF-8''%D7%A9%D7%9C%D7%95%D7%9D%20na%C3%AFve%20%F0%9F%98%80.txt",
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'access-control-allow-origin': '*',
      'cache-control': 'private, no-cache',
    });
    const tag = response.headers.get('etag') ?? '';
    expect((await get(visitor, id, { 'if-none-match': tag })).status).toBe(304);
    const stranger = await createVisitor(server.url);
    expect((await get(stranger, id, { 'if-none-match': tag })).status).toBe(404);
  });

  test.each([
    ['bytes=2-4', 206, 'bytes 2-4/10', '234'],
    ['bytes=7-', 206, 'bytes 7-9/10', '789'],
    ['bytes=-2', 206, 'bytes 8-9/10', '89'],
    ['bytes=5-99', 206, 'bytes 5-9/10', '56789'],
    ['bytes=10-', 416, 'bytes */10', ''],
    ['bytes=0-1,3-4', 200, null, '0123456789'],
  ])('in the part that is asked for: %s', async (range, status, part, text) => {
    const visitor = await createVisitor(server.url);
    const id = await uploaded(visitor, 'digits.txt', '0123456789');
    const response = await get(visitor, id, { range });
    expect([response.status, response.headers.get('content-range')]).toEqual([status, part]);
    expect(await response.text()).toBe(text);
  });
});
