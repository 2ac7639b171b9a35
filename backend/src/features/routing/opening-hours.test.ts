import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket } from '../../testing/live-socket.ts';
import { createVisitor } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { about, startRoutedDesk, type RoutedDesk } from '../../testing/routed-desk.ts';

let desk: RoutedDesk;

beforeAll(async () => {
  desk = await startRoutedDesk();
});

afterAll(() => desk.stop());

/** Hours that begin in so many hours from now, every day. */
function hoursFromNow(from = 2, to = 3) {
  const at = (hours: number) =>
    new Date(Math.floor(desk.now().getTime() / 60_000) * 60_000 + hours * 3_600_000).toISOString();
  const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
  const [open, close] = [at(from), at(to)].map((moment) => moment.slice(11, 16));
  const businessHours = { timeZone: 'UTC', weekly: days.map((day) => ({ day, open, close })) };
  return { businessHours, opensAt: at(from) };
}

async function closedDepartment() {
  const department = await desk.department();
  return { department, opensAt: await closeNow(department) };
}

/** Gives a department hours that do not hold now; when they begin. */
async function closeNow(department: string) {
  const { businessHours, opensAt } = hoursFromNow();
  await desk.call(`PATCH /api/departments/${await idOf(department)}`, { businessHours });
  return opensAt;
}

async function idOf(department: string): Promise<string> {
  const { list } = await desk.call('GET /api/departments');
  return String(list.find(({ name }) => name === department)?.['id']);
}

const open = async (body: object) => {
  const visitor = await createVisitor(desk.server.url);
  const answer = await rest(desk.server.url, 'POST /api/chats', {
    token: visitor.token,
    body: { name: 'Carla', message: 'Hello?', ...body },
  });
  return { ...answer, visitor };
};

describe('out of hours', () => {
  test('a message is left with an address, the customer is told, and it is offered when it opens', async () => {
    const { department, opensAt } = await closedDepartment();
    const anna = await desk.agent(department);
    const refused = await open({ department });
    expect(refused.error).toMatchObject({
      code: 'VALIDATION_FAILED',
      message: expect.stringMatching(/^email: is needed.*We open again on \w+/),
      details: { availability: { isOpen: false, isAway: true, opensAt } },
    });
    const left = await open({ department, email: 'carla@example.com' });
    expect(left.data).toMatchObject({
      status: 'waiting',
      lastSeq: 2,
      availability: { isOpen: false, isAway: true, opensAt },
    });
    const messages = left.data['messages'] as { sender: string; content: string }[];
    expect(messages[1]).toMatchObject({ sender: 'system', content: expect.stringContaining('closed') });
    const chatId = String(left.data['chatId']);
    await expect.poll(() => desk.decisions(chatId)).toEqual(['queued']);
    await desk.pass(3 * 60);
    expect(anna.socket.heard.some(({ event }) => event === 'chat_offered')).toBe(false);
    // They are there the whole time; with the clock on, their presence would be called idle.
    await anna.socket.send('agent_status', { status: 'busy' });
    await desk.pass(2 * 60 * 60);
    await anna.socket.send('agent_status', { status: 'online' });
    await anna.socket.hear('chat_offered', about(chatId));
  });

  test('who joins by the socket is told the same, not that somebody comes soon', async () => {
    const { department } = await closedDepartment();
    const visitor = await createVisitor(desk.server.url);
    const customer = await connectSocket(desk.server.url, visitor.token);
    const input = { name: 'Carla', email: 'carla@example.com', department, message: 'Hello?' };
    await customer.send('join_chat', input);
    expect((await customer.hear('chat_joined'))['message']).toMatch(/^We are closed at the moment/);
    customer.close();
  });

  test('whose chat had ended and waits again with their words is told too, without being asked for an address', async () => {
    const department = await desk.department();
    const anna = await desk.agent(department);
    const { data, visitor } = await open({ department });
    const chatId = String(data['chatId']);
    await anna.socket.hear('chat_offered', about(chatId));
    await anna.socket.send('accept_offer', { chatId });
    await anna.socket.send('close_chat', { chatId });
    await closeNow(department);
    const customer = await connectSocket(desk.server.url, visitor.token);
    const sent = await customer.send('send_message', { chatId, message: 'One more thing' });
    expect(sent.data).toMatchObject({ seq: 2 });
    const again = await customer.hear('chat_joined', about(chatId));
    expect(again).toMatchObject({
      status: 'waiting',
      message: expect.stringMatching(/^We are closed at the moment.*Your message is kept/),
      messages: [
        { seq: 2, content: 'One more thing' },
        { seq: 3, sender: 'system', content: again['message'] },
      ],
      lastSeq: 3,
    });
    await customer.hear('new_message', (event) => event['seq'] === 3);
    const chat = (await desk.call(`GET /api/chats/${chatId}`)).data;
    expect(chat).toMatchObject({ lastSeq: 3, lastMessage: { content: 'One more thing' } });
    // What lists show of it goes with it.
    await customer.send('delete_message', { chatId, id: String(sent.data['id']) });
    expect((await desk.call(`GET /api/chats/${chatId}`)).data).toMatchObject({
      lastMessage: { content: '' },
    });
    customer.close();
  });

  test('the opening itself finds an agent who is there', async () => {
    const { department, opensAt } = await closedDepartment();
    const anna = await desk.agent(department);
    await desk.call(`PATCH /api/users/${anna.id}`, { awayAfterMinutes: 1440 });
    const socket = await connectSocket(desk.server.url, anna.token);
    const left = await open({ department, email: 'carla@example.com' });
    await desk.pass((Date.parse(opensAt) - desk.now().getTime()) / 1000);
    await socket.hear('chat_offered', about(String(left.data['chatId'])));
    socket.close();
  });
});

describe('the widget’s configuration', () => {
  test('says whether somebody is there, and when it opens', async () => {
    const config = async () =>
      (await rest(desk.server.url, 'GET /api/widget/config?site=default')).data['availability'];
    // Nothing besides: how many agents are there is no stranger's business.
    expect(await config()).toEqual({ isOpen: true, isAway: expect.any(Boolean) });
    const { businessHours, opensAt } = hoursFromNow();
    await desk.settings({ businessHours });
    const department = await desk.department();
    await desk.agent(department);
    const id = await idOf(department);
    await desk.settings({ departments: [department] });
    expect(await config()).toMatchObject({ isOpen: false, isAway: true, opensAt });
    await desk.call(`PATCH /api/departments/${id}`, { businessHours: hoursFromNow(-1, 1).businessHours });
    expect(await config()).toMatchObject({ isOpen: false, isAway: false, opensAt });
    await desk.settings({ departments: [] });
    await desk.settings({ businessHours: null });
    expect(await config()).not.toHaveProperty('opensAt');
  });
});

test('with nobody of the department there, the customer is told; claimed by hand, nothing is presumed', async () => {
  const department = await desk.department();
  expect((await open({ department })).error?.message).toMatch(/email: is needed.*Nobody is here/);
  const left = await open({ department, email: 'carla@example.com' });
  expect(left.data).toMatchObject({ lastSeq: 2, availability: { isOpen: true, isAway: true } });
  await desk.settings({ routingPolicy: 'manual' });
  expect((await open({ department })).data).toMatchObject({ lastSeq: 1, availability: { isAway: false } });
  await desk.settings({ routingPolicy: 'round_robin' });
});

test('who waits is told how long, once that is known: the middle of the last waits, or what the first waits already; not while it is closed', async () => {
  await desk.settings({ routingPolicy: 'manual' });
  const department = await desk.department();
  const anna = await desk.agent(department, { status: 'busy' });
  const waitOf = async (visitor: { token: string }, chatId: string) => {
    const socket = await connectSocket(desk.server.url, visitor.token);
    const { data } = await socket.send('join_chat', { chatId, afterSeq: 1 });
    socket.close();
    return data['estimatedWait'];
  };
  for (const seconds of [10, 60, 20]) {
    const { data, visitor } = await open({ department });
    const chatId = String(data['chatId']);
    expect(await waitOf(visitor, chatId)).toBeUndefined();
    await desk.pass(seconds);
    await anna.socket.send('assign_chat', { chatId });
  }
  const before = await open({ department });
  const reopened = { chatId: String(before.data['chatId']) };
  const back = await connectSocket(desk.server.url, before.visitor.token);
  await back.send('leave_chat', reopened);
  await back.send('send_message', { ...reopened, message: 'One more thing' });
  expect(await back.hear('chat_joined', ({ status }) => status === 'waiting')).toMatchObject({
    ...reopened,
    queuePosition: 1,
    estimatedWait: 20,
  });
  await back.send('leave_chat', reopened);
  back.close();
  const first = await open({ department });
  const chatId = String(first.data['chatId']);
  expect(first.data['estimatedWait']).toBe(20);
  await desk.pass(90);
  expect(await waitOf(first.visitor, chatId)).toBe(90);
  const second = await open({ department });
  expect(second.data).toMatchObject({ queuePosition: 2, estimatedWait: 90 });
  const customer = await connectSocket(desk.server.url, second.visitor.token);
  await anna.socket.send('assign_chat', { chatId });
  expect(await customer.hear('queue_update')).toEqual({
    chatId: second.data['chatId'],
    position: 1,
    estimatedWait: 60,
  });
  customer.close();
  // Nobody has waited as long as until the next opening.
  await desk.pass(1);
  await closeNow(department);
  const left = await open({ department, email: 'carla@example.com' });
  expect(left.data).toMatchObject({ queuePosition: 2, availability: { isOpen: false } });
  expect(left.data).not.toHaveProperty('estimatedWait');
  await desk.settings({ routingPolicy: 'round_robin' });
});
