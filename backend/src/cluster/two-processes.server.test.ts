import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, ended, type TestSocket } from '../testing/live-socket.ts';
import {
  createChat,
  createPerson,
  createVisitor,
  loginAdmin,
  PASSWORD,
  type Person,
} from '../testing/people.ts';
import { redisProgram } from '../testing/redis-process.ts';
import { rest } from '../testing/rest.ts';
import { startTwoProcesses, type TwoProcesses } from '../testing/two-processes.ts';

let two: TwoProcesses;
let admin: Person;
let technical: Person;
let sales: Person;
const sockets: TestSocket[] = [];
const url = (place: 0 | 1) => two.servers[place].url;

async function live(person: Person, place: 0 | 1): Promise<TestSocket> {
  const socket = await connectSocket(url(place), person.token);
  sockets.push(socket);
  return socket;
}

const without = redisProgram ? '' : ' (not run: there is no redis-server on the PATH)';

describe.skipIf(!redisProgram)(`two processes with Redis${without}`, () => {
  beforeAll(async () => {
    two = await startTwoProcesses();
    admin = await loginAdmin(url(0));
    technical = await createPerson(url(0), admin, { department: 'Technical', name: 'Anna Agent' });
    sales = await createPerson(url(1), admin, { department: 'Sales', name: 'Sam Sales' });
  });

  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await two.stop();
  });

  test('a chat between people of two processes: opening, claim, words, typing, reading, editing, end', async () => {
    const [customer, agent] = [await live(await createVisitor(url(0)), 0), await live(technical, 1)];
    const joined = await customer.send('join_chat', {
      name: 'Carla',
      message: 'Hello?',
      department: 'Technical',
    });
    const chatId = String(joined.data['chatId']);
    const isIt = (event: Record<string, unknown>) => event['chatId'] === chatId;
    expect(await agent.hear('new_chat', isIt)).toMatchObject({ customerName: 'Carla', message: 'Hello?' });
    expect((await agent.send('assign_chat', { chatId })).success).toBe(true);
    await agent.send('watch_chat', { chatId });
    expect(await customer.hear('agent_joined', isIt)).toMatchObject({ agentName: 'Anna Agent' });

    const question = await customer.send('send_message', { chatId, message: 'Are you there?' });
    expect(await agent.hear('new_message', ({ seq }) => seq === 2)).toMatchObject({
      id: question.data['id'],
    });
    await agent.send('typing', { chatId, isTyping: true });
    expect(await customer.hear('user_typing', isIt)).toMatchObject({
      userName: 'Anna Agent',
      isTyping: true,
    });
    const answer = await agent.send('agent_message', { chatId, message: 'Yes' });
    expect(await customer.hear('new_message', ({ seq }) => seq === 3)).toMatchObject({ content: 'Yes' });
    await customer.send('mark_read', { chatId, userType: 'customer' });
    expect(await agent.hear('messages_read', isIt)).toMatchObject({ readBy: 'customer', seq: 3 });
    const id = String(answer.data['id']);
    expect((await agent.send('edit_message', { chatId, id, message: 'Yes!' })).success).toBe(true);
    expect(await customer.hear('message_updated', isIt)).toMatchObject({ content: 'Yes!', seq: 3 });
    await customer.send('leave_chat', { chatId });
    expect(await agent.hear('chat_closed', isIt)).toMatchObject({ closedBy: 'customer' });
  });

  test('of two agents of two processes who claim a chat at once one gets it', async () => {
    const [one, other] = [await live(technical, 0), await live(admin, 1)];
    for (let round = 0; round < 10; round += 1) {
      const chatId = await createChat(url(0), await createVisitor(url(0)), { department: 'Technical' });
      const answers = await Promise.all([one, other].map((agent) => agent.send('assign_chat', { chatId })));
      expect(answers.filter(({ success }) => success)).toHaveLength(1);
      expect(answers.find(({ success }) => !success)?.error?.code).toBe('CONFLICT');
    }
  });

  test('presence is one: told on both, listed on both, kept while a device of any process is there', async () => {
    const agent = await createPerson(url(0), admin);
    const [here, there] = [await live(admin, 0), await live(admin, 1)];
    const device = await live(agent, 1);
    await device.send('agent_status', { status: 'busy' });
    const isBusy = (event: Record<string, unknown>) =>
      event['agentId'] === agent.id && event['status'] === 'busy';
    await here.hear('agent_presence_update', isBusy);
    await there.hear('agent_presence_update', isBusy);
    for (const place of [0, 1] as const) {
      const { list } = await rest(url(place), 'GET /api/users/agents/online', { token: admin.token });
      expect(list.find(({ id }) => id === agent.id)).toMatchObject({ status: 'busy' });
    }
    const second = await live(agent, 0);
    expect(await second.hear('agent_presence_update', isBusy)).toMatchObject({ status: 'busy' });
    await second.send('agent_status', { status: 'away' });
    await there.hear(
      'agent_presence_update',
      ({ agentId, status }) => agentId === agent.id && status === 'away',
    );
  });

  test('an ended session and a changed department end the connections of every process at once', async () => {
    const agent = await createPerson(url(0), admin, { department: 'Sales' });
    const [one, other] = [await live(agent, 0), await live(agent, 1)];
    const gone = Promise.all([ended(one), ended(other)]);
    await rest(url(0), 'POST /api/auth/logout', { token: agent.token, body: {} });
    await gone;
    await expect(connectSocket(url(1), agent.token)).rejects.toThrow('Authentication error');

    const mover = await createPerson(url(0), admin, { department: 'Sales' });
    const [first, second] = [await live(mover, 0), await live(mover, 1)];
    const moved = Promise.all([ended(first), ended(second)]);
    const body = { department: 'Technical' };
    await rest(url(1), `PATCH /api/users/${mover.id}`, { token: admin.token, body });
    await moved;
  });

  test('an agent who loses a chat by a word of another process hears nothing of it afterwards', async () => {
    const visitor = await createVisitor(url(0));
    const [customer, boss, lent] = [await live(visitor, 0), await live(admin, 0), await live(sales, 1)];
    const chatId = await createChat(url(0), visitor, { department: 'Technical' });
    await boss.send('assign_chat', { chatId, agentId: sales.id });
    await lent.send('watch_chat', { chatId });
    await boss.send('assign_chat', { chatId, agentId: technical.id });
    await lent.hear(
      'chat_assigned',
      (event) => event['chatId'] === chatId && event['agentId'] === technical.id,
    );
    // Its own way over Redis; the next claim is told after it.
    const next = await createChat(url(0), await createVisitor(url(0)));
    await lent.hear('new_chat', (event) => event['chatId'] === next);
    await customer.send('send_message', { chatId, message: 'My password is …' });
    const later = await createChat(url(0), await createVisitor(url(0)));
    await lent.hear('new_chat', (event) => event['chatId'] === later);
    const words = lent.heard.filter(({ event }) => event === 'new_message').map(({ payload }) => payload);
    expect(words.filter(({ content }) => content === 'My password is …')).toEqual([]);
  });

  test('a department that one process makes, renames or removes is so on the other at once', async () => {
    const names = async () =>
      (await rest(url(1), 'GET /api/departments', { token: admin.token })).list.map(({ name }) => name);
    const call = (endpoint: string, body?: object) =>
      rest(url(0), endpoint, { token: admin.token, ...(body ? { body } : {}) });
    /** Well before what is kept there would be read again of its own accord. */
    const soon = () => expect.poll(names, { timeout: 2_000 });
    expect(await names()).not.toContain('Repairs');
    const made = await call('POST /api/departments', { name: 'Repairs' });
    await soon().toContain('Repairs');
    await call(`PATCH /api/departments/${String(made.data['id'])}`, { name: 'Workshop' });
    await soon().toContain('Workshop');
    await call(`DELETE /api/departments/${String(made.data['id'])}`);
    await soon().not.toContain('Workshop');
  });

  test('a visitor whose origin is taken away on one process is gone from the other at once', async () => {
    const origin = 'https://shop.example';
    const [site] = (await rest(url(0), 'GET /api/sites', { token: admin.token })).list;
    const allow = (allowedOrigins: string[]) =>
      rest(url(0), `PATCH /api/sites/${String(site?.['id'])}`, {
        token: admin.token,
        body: { allowedOrigins },
      });
    await allow([origin]);
    const { token } = await createVisitor(url(0));
    const visitor = await connectSocket(url(1), token, { origin });
    const stays = await live(await createVisitor(url(0)), 1);
    const gone = ended(visitor);
    await allow([]);
    expect(await gone).toBe('io server disconnect');
    expect(stays.raw.connected).toBe(true);
  });

  test('limits are counted together', async () => {
    const body = { email: 'nobody@example.com', password: `not ${PASSWORD}` };
    const statuses: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      const place = tries % 2 === 0 ? 0 : 1;
      statuses.push((await rest(url(place), 'POST /api/auth/login', { body })).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  });

  test('a process that ends leaves the connections of the other one alone', async () => {
    const [stays, boss] = [await live(await createVisitor(url(0)), 0), await live(admin, 0)];
    expect(await two.servers[1].end()).toBe(0);
    await two.servers[1].start();
    expect([stays.raw.connected, boss.raw.connected]).toEqual([true, true]);
    const agent = await live(technical, 1);
    const chatId = await createChat(url(0), await createVisitor(url(0)), { department: 'Technical' });
    await agent.hear('new_chat', (event) => event['chatId'] === chatId);
  });
});
