import { TIMES } from '@wzatco/sdk/contract/constants';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { converse, stopClients } from '../../testing/live-clients.ts';
import { connectSocket, type TestSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { until } from '../../testing/until.ts';

let server: TestServer;
let admin: Person;
let agent: Person;
let time = Date.UTC(2036, 0, 7, 9);
const sockets: TestSocket[] = [];

beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(time) });
  admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { department: 'Technical', name: 'Anna Agent' });
});

afterEach(() => {
  stopClients();
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(() => stopTestServer(server));

async function live(person: Person): Promise<TestSocket> {
  const socket = await connectSocket(server.url, person.token);
  sockets.push(socket);
  return socket;
}

/** A customer's chat that the agent has, with the agent's answer as `seq` 2. */
async function talk() {
  const visitor = await createVisitor(server.url);
  const chatId = await createChat(server.url, visitor, { department: 'Technical', message: 'Helo?' });
  await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: agent.token, body: {} });
  const answer = await say(agent, chatId, 'Hi');
  const first = await messageAt(visitor, chatId, 1);
  return { visitor, chatId, answer, first: String(first['id']) };
}

async function say(person: Person, chatId: string, message: string): Promise<string> {
  const { data } = await rest(server.url, `POST /api/chats/${chatId}/messages`, {
    token: person.token,
    body: { message },
  });
  return String(data['id']);
}

async function messageAt(person: Person, chatId: string, seq: number) {
  const path = `GET /api/chats/${chatId}/messages?after=${seq - 1}&limit=1`;
  const { data } = await rest(server.url, path, { token: person.token });
  const [found] = data['messages'] as Record<string, unknown>[];
  return found ?? {};
}

const readChat = async (chatId: string) =>
  (await rest(server.url, `GET /api/chats/${chatId}`, { token: admin.token })).data;

describe('an edit', () => {
  test('reaches both sides, takes the next rev, and shows in the list; staff can read what was before', async () => {
    const { visitor, chatId, first } = await talk();
    const [customer, watcher, desk] = [await live(visitor), await live(admin), await live(agent)];
    await watcher.send('watch_chat', { chatId });
    const at = new Date(time).toISOString();
    const edited = await customer.send('edit_message', { chatId, id: first, message: 'Hello?' });
    expect(edited.data).toMatchObject({ id: first, seq: 1, rev: 4, content: 'Hello?', editedAt: at });
    const told = { chatId, id: first, seq: 1, rev: 4, content: 'Hello?', editedAt: at };
    for (const socket of [customer, watcher, desk]) {
      expect(await socket.hear('message_updated')).toEqual(told);
    }
    await customer.send('edit_message', { chatId, id: first, message: 'Hello!' });
    const history = await rest(server.url, `GET /api/chats/${chatId}/messages/${first}/history`, {
      token: agent.token,
    });
    expect(history.list).toEqual([
      { rev: 1, content: 'Helo?', writtenAt: at, replacedAt: at },
      { rev: 4, content: 'Hello?', writtenAt: at, replacedAt: at },
    ]);
    expect(await readChat(chatId)).toMatchObject({ lastSeq: 2, lastRev: 5, lastMessage: { content: 'Hi' } });
  });

  test('of the last message changes what the list shows', async () => {
    const { chatId, answer } = await talk();
    const path = `PATCH /api/chats/${chatId}/messages/${answer}`;
    await rest(server.url, path, { token: agent.token, body: { message: 'Hi there' } });
    expect((await readChat(chatId))['lastMessage']).toMatchObject({ content: 'Hi there', sender: 'agent' });
  });

  test('that is repeated, at once or much later, is no second change', async () => {
    const { visitor, chatId, first } = await talk();
    const edit = () =>
      rest(server.url, `PATCH /api/chats/${chatId}/messages/${first}`, {
        token: visitor.token,
        body: { message: 'Hello?' },
      });
    const answers = await Promise.all(Array.from({ length: 10 }, edit));
    time += TIMES.messageChangeable + 1;
    answers.push(await edit());
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect((await readChat(chatId))['lastRev']).toBe(4);
  });

  test('many different ones at once: each has its rev and its place in the history', async () => {
    const { visitor, chatId, first } = await talk();
    const customer = await live(visitor);
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    const answers = await Promise.all(
      texts.map((message) => customer.send('edit_message', { chatId, id: first, message })),
    );
    const byRev = answers.map(({ data }) => data).toSorted((a, b) => Number(a['rev']) - Number(b['rev']));
    expect(byRev.map(({ rev }) => rev)).toEqual(texts.map((_, index) => index + 4));
    const path = `GET /api/chats/${chatId}/messages/${first}/history`;
    const page = await rest(server.url, `${path}?limit=15`, { token: admin.token });
    const more = await rest(server.url, `${path}?cursor=${page.page?.nextCursor}`, { token: admin.token });
    expect([...page.list, ...more.list].map(({ content }) => content)).toEqual([
      'Helo?',
      ...byRev.slice(0, -1).map(({ content }) => content),
    ]);
    const newest = await rest(server.url, `${path}?order=newest&limit=15`, { token: admin.token });
    const older = await rest(server.url, `${path}?order=newest&cursor=${newest.page?.nextCursor}`, {
      token: admin.token,
    });
    expect([...newest.list, ...older.list]).toEqual([...page.list, ...more.list].toReversed());
  });
});

describe('a deletion', () => {
  test('leaves an empty message in its place, for everybody; twice is no error; it is not edited any more', async () => {
    const { visitor, chatId, answer } = await talk();
    const desk = await live(agent);
    const customer = await live(visitor);
    const deleted = await desk.send('delete_message', { chatId, id: answer });
    expect(deleted.data).toMatchObject({ seq: 2, rev: 4, content: '', deletedAt: expect.any(String) });
    expect(await desk.send('delete_message', { chatId, id: answer })).toEqual(deleted);
    expect(await customer.hear('message_updated')).toMatchObject({ id: answer, content: '' });
    for (const person of [visitor, agent, admin]) {
      expect(await messageAt(person, chatId, 2)).toEqual(deleted.data);
    }
    expect((await readChat(chatId))['lastMessage']).toMatchObject({ content: '' });
    const again = await desk.send('edit_message', { chatId, id: answer, message: 'No' });
    expect(again.error?.code).toBe('CONFLICT');
    expect((await customer.send('send_message', { chatId, message: 'What?' })).data['seq']).toBe(3);
  });
});

describe('who may change a message', () => {
  test.each<[string, 'customer' | 'agent' | 'admin', 'first' | 'answer', string | undefined]>([
    ['a customer their own', 'customer', 'first', undefined],
    ['a customer the agent’s', 'customer', 'answer', 'FORBIDDEN'],
    ['an agent the customer’s', 'agent', 'first', 'FORBIDDEN'],
    ['an admin another’s', 'admin', 'answer', 'FORBIDDEN'],
  ])('%s', async (_title, who, which, code) => {
    const talked = await talk();
    const { token } = { customer: talked.visitor, agent, admin }[who];
    const path = `/api/chats/${talked.chatId}/messages/${talked[which]}`;
    const edited = await rest(server.url, `PATCH ${path}`, { token, body: { message: 'New' } });
    expect(edited.error?.code).toBe(code);
    expect((await rest(server.url, `DELETE ${path}`, { token })).error?.code).toBe(code);
  });

  test('nobody after 15 minutes, nor in a chat that has gone to somebody else; but after its end', async () => {
    const late = await talk();
    time += TIMES.messageChangeable + 1;
    const edit = (chatId: string, id: string, { token }: Person) =>
      rest(server.url, `PATCH /api/chats/${chatId}/messages/${id}`, { token, body: { message: 'New' } });
    expect((await edit(late.chatId, late.first, late.visitor)).error).toMatchObject({ code: 'FORBIDDEN' });

    const ended = await talk();
    await rest(server.url, `POST /api/chats/${ended.chatId}/close`, { token: agent.token });
    expect((await edit(ended.chatId, ended.first, ended.visitor)).data).toMatchObject({ content: 'New' });
    expect((await edit(ended.chatId, ended.answer, agent)).data).toMatchObject({ content: 'New' });

    const given = await talk();
    const body = { agentId: admin.id };
    await rest(server.url, `POST /api/chats/${given.chatId}/assign`, { token: admin.token, body });
    expect((await edit(given.chatId, given.answer, agent)).error?.code).toBe('FORBIDDEN');
  });

  test('a message of another chat is not found by way of one’s own', async () => {
    const [mine, other] = [await talk(), await talk()];
    const path = `PATCH /api/chats/${mine.chatId}/messages/${other.first}`;
    const { error } = await rest(server.url, path, { token: mine.visitor.token, body: { message: 'x' } });
    expect(error?.code).toBe('NOT_FOUND');
  });
});

describe('who was away', () => {
  test('catches up in pages of 200 changes, or of 256 KB where they are long', async () => {
    const visitor = await createVisitor(server.url);
    const customer = await live(visitor);
    const chatId = await createChat(server.url, visitor);
    const sent = await Promise.all(
      Array.from({ length: 230 }, (_, index) =>
        customer.send('send_message', { chatId, message: `m${index}` }),
      ),
    );
    const ids = sent.map(({ data }) => String(data['id']));
    const lastRev = 231;
    const edit = async (message: string, which = ids) => {
      const edits = which.map((id, index) =>
        customer.send('edit_message', { chatId, id, message: `${message}${index}` }),
      );
      for (const { success, error } of await Promise.all(edits))
        expect([success, error]).toEqual([true, undefined]);
    };
    await edit('edited ');
    const seen = new Map<string, string>();
    let afterRev = lastRev;
    const pages: number[] = [];
    for (let hasMore = true; hasMore;) {
      const { data } = await customer.send('sync_chat', { chatId, afterSeq: 231, afterRev });
      const changed = data['changed'] as { id: string; content: string }[];
      for (const { id, content } of changed) seen.set(id, content);
      pages.push(changed.length);
      afterRev = Number(data['changedUpTo']);
      hasMore = Boolean(data['hasMore']);
    }
    expect(pages).toEqual([200, 30]);
    expect(afterRev).toBe(lastRev + 230);
    expect(ids.map((id) => seen.get(id))).toEqual(ids.map((_, index) => `edited ${index}`));

    await edit('ü'.repeat(3_000), ids.slice(0, 60));
    const heavy = await customer.send('sync_chat', { chatId, afterSeq: 231, afterRev });
    expect(heavy.data['hasMore']).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(heavy.data['changed']))).toBeLessThan(257 * 1024);
  });

  test('a client shows edits and deletions at once, and those it missed as soon as it is back', async () => {
    const { visitor, agent: colleague, customerChat, agentChat } = await converse(server.url);
    agentChat.send('Frist answer');
    const { messages } = await until(customerChat.state, ({ lastSeq }) => lastSeq === 2);
    const [question, answer] = messages.map(({ id }) => id ?? '');
    await customerChat.edit(question ?? '', 'Hello, is anybody there?');
    await until(agentChat.state, (state) => state.messages[0]?.content === 'Hello, is anybody there?');
    visitor.stop();
    await until(agentChat.state, (state) => state.messages[1]?.state === 'sent');
    await agentChat.edit(answer ?? '', 'First answer');
    await agentChat.edit(answer ?? '', 'First');
    await agentChat.remove(answer ?? '');
    await visitor.start();
    const back = await until(
      customerChat.state,
      (state) => !state.stale && state.messages[1]?.deletedAt !== null,
    );
    expect(back.messages.map(({ content }) => content)).toEqual(['Hello, is anybody there?', '']);
    await expect(customerChat.edit(answer ?? '', 'mine now')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(colleague.connection.get()).toBe('online');
  });
});
