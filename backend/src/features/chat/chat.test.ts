import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, type TestSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let admin: Person;
let technical: Person;
let sales: Person;
const sockets: TestSocket[] = [];

async function live(person: Person): Promise<TestSocket> {
  const socket = await connectSocket(server.url, person.token);
  sockets.push(socket);
  return socket;
}

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  technical = await createPerson(server.url, admin, { department: 'Technical', name: 'Anna Agent' });
  sales = await createPerson(server.url, admin, { department: 'Sales', name: 'Sam Sales' });
});

afterAll(async () => {
  for (const socket of sockets) socket.close();
  await stopTestServer(server);
});

describe('a conversation over sockets', () => {
  test('from the first word to the rating, each side hears what it should', async () => {
    const customer = await live(await createVisitor(server.url));
    const agent = await live(technical);
    const boss = await live(admin);

    const joined = await customer.send('join_chat', {
      name: 'Carla',
      email: 'Carla@Example.com',
      department: 'technical',
      message: 'My printer is on fire 🔥',
      clientMessageId: 'first',
    });
    expect(joined).toMatchObject({
      success: true,
      data: { status: 'waiting', lastSeq: 1, lastRev: 1, queuePosition: 1 },
    });
    const chatId = String(joined.data['chatId']);
    expect(await customer.hear('chat_joined')).toMatchObject({ chatId, status: 'waiting', lastSeq: 1 });
    expect(await agent.hear('new_chat', (chat) => chat['chatId'] === chatId)).toMatchObject({
      customerName: 'Carla',
      customerEmail: 'carla@example.com',
      department: 'Technical',
      message: 'My printer is on fire 🔥',
    });
    await boss.hear('new_chat', (chat) => chat['chatId'] === chatId);

    const claimed = await agent.send('assign_chat', { chatId });
    expect(claimed.data).toEqual({
      chatId,
      agentId: technical.id,
      agentName: 'Anna Agent',
      status: 'active',
    });
    expect(await customer.hear('agent_joined')).toMatchObject({ chatId, agentName: 'Anna Agent' });
    expect(await agent.hear('chat_assigned_to_you')).toMatchObject({
      chatId,
      firstMessage: 'My printer is on fire 🔥',
    });
    await boss.hear('chat_assigned', (event) => event['chatId'] === chatId);

    const answer = await agent.send('agent_message', { chatId, message: 'Step back!', agentName: 'Mallory' });
    expect(answer.data).toMatchObject({ chatId, seq: 2, sender: 'agent', senderName: 'Anna Agent' });
    expect(await customer.hear('new_message', (message) => message['seq'] === 2)).toEqual(answer.data);

    expect((await customer.send('typing', { chatId, isTyping: true })).success).toBe(true);
    expect(await agent.hear('user_typing')).toEqual({ chatId, userName: 'Carla', isTyping: true });

    const third = await customer.send('send_message', {
      chatId,
      message: 'It is out now',
      clientMessageId: 'third',
    });
    expect(third.data).toMatchObject({ seq: 3, clientMessageId: 'third', sender: 'customer' });
    expect(await agent.hear('chat_message_notification')).toMatchObject({ chatId, message: 'It is out now' });

    const watched = await agent.send('watch_chat', { chatId, afterSeq: 1 });
    expect(watched.data.messages?.map(({ seq }) => seq)).toEqual([2, 3]);

    expect((await agent.send('mark_read', { chatId, userType: 'agent' })).data).toEqual({ chatId, seq: 3 });
    expect(await customer.hear('messages_read')).toMatchObject({ chatId, readBy: 'agent', seq: 3 });

    expect((await agent.send('close_chat', { chatId, closedBy: 'agent' })).data).toMatchObject({
      status: 'closed',
    });
    expect(await customer.hear('chat_closed')).toMatchObject({ chatId, closedBy: 'agent', status: 'closed' });
    expect((await agent.send('agent_message', { chatId, message: 'Wait' })).error?.code).toBe('CHAT_CLOSED');
    expect((await customer.send('rate_chat', { chatId, rating: 5, comment: 'Quick!' })).success).toBe(true);
    const { data } = await rest(server.url, `GET /api/chats/${chatId}`, { token: technical.token });
    expect(data).toMatchObject({
      status: 'closed',
      closedBy: 'agent',
      rating: { rating: 5, comment: 'Quick!' },
    });
  });

  test('an agent of another department hears and sees nothing of it', async () => {
    const other = await live(sales);
    const visitor = await createVisitor(server.url);
    const chatId = await createChat(server.url, visitor, { department: 'Technical' });
    const ofAll = await createChat(server.url, await createVisitor(server.url));
    await other.hear('new_chat', (chat) => chat['chatId'] === ofAll);
    expect(other.heard.filter(({ payload }) => payload['chatId'] === chatId)).toEqual([]);
    expect((await other.send('watch_chat', { chatId })).error?.code).toBe('NOT_FOUND');
  });

  test('several devices of a customer are one: all hear, and a new one needs no joining', async () => {
    const visitor = await createVisitor(server.url);
    const phone = await live(visitor);
    const chatId = await createChat(server.url, visitor);
    const laptop = await live(visitor);
    await phone.send('send_message', { chatId, message: 'from the phone' });
    expect(await laptop.hear('new_message')).toMatchObject({ chatId, content: 'from the phone' });
  });

  test('typing ends by itself when the writer falls silent', async () => {
    const visitor = await createVisitor(server.url);
    const customer = await live(visitor);
    const agent = await live(technical);
    const chatId = await createChat(server.url, visitor, { department: 'Technical' });
    await agent.send('assign_chat', { chatId });
    await customer.send('typing', { chatId, isTyping: true });
    const off = (event: Record<string, unknown>) => event['chatId'] === chatId && event['isTyping'] === false;
    await agent.send('watch_chat', { chatId });
    await expect(
      new Promise((resolve) => agent.raw.on('user_typing', (event) => off(event) && resolve(event))),
    ).resolves.toEqual({ chatId, userName: 'Carla Customer', isTyping: false });
  });
});

describe('exactly once', () => {
  test('50 parallel starts of one customer give one chat with every word in it', async () => {
    const visitor = await createVisitor(server.url);
    const start = (index: number) =>
      rest(server.url, 'POST /api/chats', {
        token: visitor.token,
        body: { name: 'Carla', message: `start ${index}`, clientMessageId: `start-${index}` },
      });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => start(index)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const [chatId, ...more] = new Set(answers.map(({ data }) => data['chatId']));
    expect(more).toEqual([]);
    const { data } = await rest(server.url, `GET /api/chats/${chatId}/messages?after=0&limit=100`, {
      token: visitor.token,
    });
    const messages = data['messages'] as { seq: number; content: string }[];
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(new Set(messages.map(({ content }) => content)).size).toBe(50);
  });

  test('the same id stores nothing new, on any connection and over HTTP, even after the chat has ended', async () => {
    const visitor = await createVisitor(server.url);
    const chatId = await createChat(server.url, visitor);
    const [one, two] = [await live(visitor), await live(visitor)];
    const message = { chatId, message: 'only once', clientMessageId: 'same' };
    const answers = await Promise.all([one.send('send_message', message), two.send('send_message', message)]);
    const overHttp = await rest(server.url, `POST /api/chats/${chatId}/messages`, {
      token: visitor.token,
      body: { message: 'only once', clientMessageId: 'same' },
    });
    await one.send('leave_chat', { chatId });
    const late = await two.send('send_message', message);
    expect(
      new Set([...answers.map(({ data }) => data['id']), overHttp.data['id'], late.data['id']]).size,
    ).toBe(1);
    expect((await one.send('sync_chat', { chatId, afterSeq: 0 })).data['lastSeq']).toBe(2);
    const other = await two.send('send_message', { ...message, message: 'something else' });
    expect(other.error?.code).toBe('CONFLICT');
  });

  test('an opening that is repeated after its chat has ended opens no second one', async () => {
    const visitor = await createVisitor(server.url);
    const customer = await live(visitor);
    const opening = { name: 'Carla', message: 'Hello', clientMessageId: 'opening' };
    const first = await customer.send('join_chat', opening);
    await customer.send('leave_chat', { chatId: first.data['chatId'] });
    const again = await customer.send('join_chat', opening);
    expect(again.data).toMatchObject({ chatId: first.data['chatId'], status: 'closed', lastSeq: 1 });
  });

  test('rejoining by chatId without a message or with an old client’s repeated one stores nothing', async () => {
    const visitor = await createVisitor(server.url);
    const customer = await live(visitor);
    const chatId = await createChat(server.url, visitor);
    const again = await customer.send('join_chat', {
      name: 'Carla',
      email: '',
      message: 'Hello?',
      chatId,
      afterSeq: 1,
    });
    expect(again.data).toMatchObject({ chatId, lastSeq: 1, messages: [] });
  });

  test('of two agents who claim the same chat, one gets CONFLICT that names the other', async () => {
    const colleague = await createPerson(server.url, admin, { department: 'Technical', name: 'Bert Agent' });
    const [anna, bert] = [await live(technical), await live(colleague)];
    for (let round = 0; round < 10; round += 1) {
      const chatId = await createChat(server.url, await createVisitor(server.url), {
        department: 'Technical',
      });
      const claims = await Promise.all([
        anna.send('assign_chat', { chatId }),
        bert.send('assign_chat', { chatId }),
      ]);
      const refused = claims.filter(({ success }) => !success);
      expect(refused).toHaveLength(1);
      expect(refused[0]?.error).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringMatching(/Anna|Bert/),
      });
    }
  });

  test('messages sent at once are numbered without a gap', async () => {
    const visitor = await createVisitor(server.url);
    const customer = await live(visitor);
    const chatId = await createChat(server.url, visitor);
    const sends = Array.from({ length: 100 }, (_, index) =>
      customer.send('send_message', { chatId, message: `message ${index}`, clientMessageId: `m${index}` }),
    );
    const seqs = (await Promise.all(sends)).map(({ data }) => Number(data['seq']));
    expect(seqs).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
  });
});

describe('catching up', () => {
  test('comes in pages of 200, or of 256 KB where messages are long', async () => {
    const visitor = await createVisitor(server.url);
    const customer = await live(visitor);
    const chatId = await createChat(server.url, visitor);
    await Promise.all(
      Array.from({ length: 250 }, (_, index) =>
        customer.send('send_message', { chatId, message: `short ${index}` }),
      ),
    );
    const first = await customer.send('sync_chat', { chatId, afterSeq: 0 });
    expect(first.data).toMatchObject({ hasMore: true, lastSeq: 251 });
    expect(first.data.messages).toHaveLength(200);
    const rest = await customer.send('sync_chat', { chatId, afterSeq: 200 });
    expect(rest.data).toMatchObject({ hasMore: false });
    expect(rest.data.messages).toHaveLength(51);

    const long = 'ü'.repeat(10_000);
    await Promise.all(
      Array.from({ length: 30 }, () => customer.send('send_message', { chatId, message: long })),
    );
    const heavy = await customer.send('sync_chat', { chatId, afterSeq: 251 });
    expect(heavy.data['hasMore']).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(heavy.data.messages))).toBeLessThan(256 * 1024);
  });

  test('history is paged backwards', async () => {
    const visitor = await createVisitor(server.url);
    const chatId = await createChat(server.url, visitor);
    for (let index = 2; index <= 5; index += 1) {
      await rest(server.url, `POST /api/chats/${chatId}/messages`, {
        token: visitor.token,
        body: { message: `m${index}` },
      });
    }
    const page = async (query: string) => {
      const { data } = await rest(server.url, `GET /api/chats/${chatId}/messages?${query}`, {
        token: visitor.token,
      });
      return [(data['messages'] as { seq: number }[]).map(({ seq }) => seq), data['hasMore']];
    };
    expect(await page('limit=2')).toEqual([[4, 5], true]);
    expect(await page('limit=2&before=4')).toEqual([[2, 3], true]);
    expect(await page('limit=2&before=2')).toEqual([[1], false]);
    expect(await page('after=3')).toEqual([[4, 5], false]);
  });
});

describe('who may act', () => {
  test('an agent writes only in a chat that is theirs; an agentId or userType of another is FORBIDDEN', async () => {
    const visitor = await createVisitor(server.url);
    const customer = await live(visitor);
    const agent = await live(technical);
    const chatId = await createChat(server.url, visitor, { department: 'Technical' });
    const code = async (socket: TestSocket, event: string, payload: object) =>
      (await socket.send(event, payload)).error?.code;
    expect(await code(agent, 'agent_message', { chatId, message: 'Hi' })).toBe('FORBIDDEN');
    expect(await code(agent, 'assign_chat', { chatId, agentId: sales.id })).toBe('FORBIDDEN');
    await agent.send('assign_chat', { chatId });
    expect(await code(agent, 'agent_message', { chatId, message: 'Hi', agentId: sales.id })).toBe(
      'FORBIDDEN',
    );
    expect(await code(agent, 'mark_read', { chatId, userType: 'customer' })).toBe('FORBIDDEN');
    expect(await code(customer, 'mark_read', { chatId, userType: 'agent' })).toBe('FORBIDDEN');
    expect(await code(agent, 'agent_status', { status: 'online', agentId: sales.id })).toBe('FORBIDDEN');
  });

  test('an admin gives a chat to an agent of another department, who then sees and answers it', async () => {
    const boss = await live(admin);
    const other = await live(sales);
    const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
    expect((await boss.send('assign_chat', { chatId, agentId: sales.id })).data['agentName']).toBe(
      'Sam Sales',
    );
    await other.hear('chat_assigned_to_you', (event) => event['chatId'] === chatId);
    expect((await other.send('agent_message', { chatId, message: 'Here I am' })).success).toBe(true);
    expect((await boss.send('assign_chat', { chatId, agentId: '0'.repeat(24) })).error?.code).toBe(
      'VALIDATION_FAILED',
    );
  });

  test('whoever sends has the acknowledgement before anybody hears of it', async () => {
    const visitor = await createVisitor(server.url);
    const customer = await connectSocket(server.url, visitor.token);
    const order: string[] = [];
    customer.raw.onAny((event: string) => order.push(event));
    const say = async (event: string, payload: object) => {
      order.length = 0;
      const { data } = await customer.send(event, payload);
      order.push('acknowledged');
      await customer.hear('new_message', ({ seq }) => seq === data['lastSeq'] || seq === data['seq']);
      expect(order.filter((each) => each !== 'chat_joined').slice(0, 2)).toEqual([
        'acknowledged',
        'new_message',
      ]);
      return data;
    };
    const { chatId } = await say('join_chat', { name: 'Carla', message: 'Hello' });
    await say('send_message', { chatId, message: 'Is anybody there?' });
    customer.close();
  });

  test('all who wait hear their new place, however many they are', async () => {
    const desk = await startTestServer();
    try {
      const first = await createVisitor(desk.url);
      const chatId = await createChat(desk.url, first);
      for (let count = 0; count < 60; count += 1) await createChat(desk.url, await createVisitor(desk.url));
      const last = await createVisitor(desk.url);
      await createChat(desk.url, last);
      const waiting = await connectSocket(desk.url, last.token);
      await rest(desk.url, `POST /api/chats/${chatId}/close`, { token: first.token });
      expect(await waiting.hear('queue_update')).toMatchObject({ position: 61 });
      waiting.close();
    } finally {
      await stopTestServer(desk);
    }
  });

  test('those who wait hear their new place when one before them is taken', async () => {
    const desk = await startTestServer();
    try {
      const chief = await loginAdmin(desk.url);
      const [first, second] = [await createVisitor(desk.url), await createVisitor(desk.url)];
      const chatId = await createChat(desk.url, first);
      await createChat(desk.url, second);
      const waiting = await connectSocket(desk.url, second.token);
      const taker = await connectSocket(desk.url, chief.token);
      await taker.send('assign_chat', { chatId });
      expect(await waiting.hear('queue_update')).toMatchObject({ position: 1 });
      waiting.close();
      taker.close();
    } finally {
      await stopTestServer(desk);
    }
  });
});

describe('the list', () => {
  test('filters, searches and pages without doubling or missing a chat', async () => {
    const desk = await startTestServer();
    try {
      const chief = await loginAdmin(desk.url);
      const ids: string[] = [];
      for (let index = 0; index < 7; index += 1) {
        const department = index % 2 ? 'Sales' : 'Technical';
        ids.unshift(
          await createChat(desk.url, await createVisitor(desk.url), { name: `Carla Nr${index}`, department }),
        );
      }
      const list = (query: string) => rest(desk.url, `GET /api/chats?${query}`, { token: chief.token });
      const seen: unknown[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = await list(`limit=3${cursor ? `&cursor=${cursor}` : ''}`);
        seen.push(...page.list.map(({ id }) => id));
        cursor = page.page?.nextCursor ?? null;
      }
      expect(seen).toEqual(ids);
      expect((await list('department=sales')).list).toHaveLength(3);
      expect((await list('q=carla%20nr4')).list.map(({ id }) => id)).toEqual([ids[2]]);
      await rest(desk.url, `POST /api/chats/${ids[0]}/assign`, { token: chief.token, body: {} });
      expect((await list('assignee=me')).list.map(({ id }) => id)).toEqual([ids[0]]);
      expect((await list('assignee=none')).list).toHaveLength(6);
      expect((await list('status=active')).list).toHaveLength(1);
      expect((await list('cursor=bm9uc2Vuc2U')).error?.code).toBe('VALIDATION_FAILED');
      expect((await list('limit=101')).error?.code).toBe('VALIDATION_FAILED');
      expect((await list('nonsense=1')).error?.code).toBe('VALIDATION_FAILED');
    } finally {
      await stopTestServer(desk);
    }
  });
});
