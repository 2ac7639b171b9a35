import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, type TestSocket } from '../../testing/live-socket.ts';
import { createVisitor } from '../../testing/people.ts';
import { about, startRoutedDesk, type DeskAgent, type RoutedDesk } from '../../testing/routed-desk.ts';

let desk: RoutedDesk;
let [here, there] = ['', ''];
let anna: DeskAgent;
let bert: DeskAgent;
let sam: DeskAgent;
let boss: TestSocket;

beforeAll(async () => {
  desk = await startRoutedDesk({ routingPolicy: 'manual' });
  [here, there] = [await desk.department(), await desk.department()];
  anna = await desk.agent(here, { name: 'Anna', status: 'busy' });
  bert = await desk.agent(here, { name: 'Bert', status: 'busy' });
  sam = await desk.agent(there, { name: 'Sam', status: 'busy' });
  boss = await connectSocket(desk.server.url, desk.admin.token);
}, 60_000);

afterAll(async () => {
  boss.close();
  await desk.stop();
});

/** A chat that Anna has, and its customer. */
async function annasChat() {
  const visitor = await createVisitor(desk.server.url);
  const chatId = await desk.chat(here, visitor);
  await anna.socket.send('assign_chat', { chatId });
  return { chatId, customer: await connectSocket(desk.server.url, visitor.token) };
}

const transfer = (agent: TestSocket, payload: object) => agent.send('transfer_chat', payload);

describe('a transfer', () => {
  test('to an agent: they have it at once, the customer is told, it is recorded', async () => {
    const { chatId, customer } = await annasChat();
    await bert.socket.send('watch_chat', { chatId });
    const done = await transfer(anna.socket, { chatId, agentId: bert.id, note: 'She has paid twice.' });
    expect(await bert.socket.hear('note_added')).toMatchObject({ content: 'She has paid twice.' });
    expect(customer.heard.filter(({ event }) => event === 'note_added')).toEqual([]);
    expect(done.data).toEqual({
      chatId,
      agentId: bert.id,
      agentName: 'Bert',
      department: here,
      status: 'active',
    });
    expect(await customer.hear('new_message', about(chatId))).toMatchObject({
      sender: 'system',
      seq: 2,
      content: 'Anna has handed this chat over to Bert.',
    });
    await customer.hear('agent_joined', (event) => event['agentId'] === bert.id);
    await bert.socket.hear('chat_assigned_to_you', about(chatId));
    expect((await bert.socket.send('agent_message', { chatId, message: 'Hello' })).success).toBe(true);
    expect((await anna.socket.send('agent_message', { chatId, message: 'Hello' })).error?.code).toBe(
      'FORBIDDEN',
    );
    expect(await desk.decisions(chatId)).toEqual(['queued', 'claimed Anna', 'transferred Bert']);
    customer.close();
  });

  test('to a department: it waits there, and its agents are told', async () => {
    const { chatId, customer } = await annasChat();
    const done = await transfer(anna.socket, { chatId, department: there });
    expect(done.data).toEqual({
      chatId,
      agentId: null,
      agentName: null,
      department: there,
      status: 'waiting',
    });
    expect(await sam.socket.hear('new_chat', about(chatId))).toMatchObject({ department: there });
    const isWaiting = (event: Record<string, unknown>) =>
      event['chatId'] === chatId && (event['chat'] as { status: string }).status === 'waiting';
    await anna.socket.hear('chat_updated', isWaiting);
    expect(await customer.hear('queue_update', about(chatId))).toMatchObject({ position: 1 });
    const snapshot = await customer.send('sync_chat', { chatId, afterSeq: 2 });
    expect(snapshot.data).toMatchObject({
      status: 'waiting',
      agent: null,
      department: there,
      queuePosition: 1,
    });
    // Who handed it over may not see it any more.
    expect((await anna.socket.send('watch_chat', { chatId })).error?.code).toBe('NOT_FOUND');
    expect((await sam.socket.send('assign_chat', { chatId })).success).toBe(true);
    customer.close();
  });

  test('is the assignee’s and admins’, to one target that may have it and is here', async () => {
    const { chatId, customer } = await annasChat();
    const refusal = async (agent: TestSocket, payload: object) =>
      (await transfer(agent, { chatId, ...payload })).error;
    expect(await refusal(bert.socket, { department: there })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal(sam.socket, { department: there })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(anna.socket, {})).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await refusal(anna.socket, { agentId: bert.id, department: there })).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    expect(await refusal(anna.socket, { department: 'Nowhere' })).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    expect(await refusal(anna.socket, { agentId: anna.id })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await refusal(anna.socket, { agentId: sam.id })).toMatchObject({
      code: 'VALIDATION_FAILED',
      message: expect.stringContaining('does not see'),
    });
    expect(await refusal(anna.socket, { agentId: desk.admin.id })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('offline'),
    });
    // An admin may insist.
    expect((await transfer(boss, { chatId, agentId: sam.id })).success).toBe(true);
    customer.close();
  });

  test('and an end at once: one of the two is first, and what is told is what is so', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { chatId, customer } = await annasChat();
      const [moved, closed] = await Promise.all([
        transfer(anna.socket, { chatId, department: there }),
        customer.send('leave_chat', { chatId }),
      ]);
      // The customer may always leave; a transfer is before it, or comes too late.
      expect(closed.success).toBe(true);
      if (!moved.success) expect(moved.error?.code).toBe('CHAT_CLOSED');
      const { data } = await customer.send('sync_chat', { chatId, afterSeq: 0 });
      expect(data['status']).toBe('closed');
      expect(data.messages).toHaveLength(moved.success ? 2 : 1);
      customer.close();
    }
  });

  test('two at once: the chat goes to one of them, and the other is refused or follows', async () => {
    const { chatId, customer } = await annasChat();
    const answers = await Promise.all([
      transfer(anna.socket, { chatId, agentId: bert.id }),
      transfer(anna.socket, { chatId, department: there }),
    ]);
    expect(answers.filter(({ success }) => success)).toHaveLength(1);
    const { data } = await customer.send('sync_chat', { chatId, afterSeq: 0 });
    expect(data.messages?.map(({ seq }) => seq)).toEqual([1, 2]);
    customer.close();
  });
});

test.each([
  [
    'is handed to another department',
    (agent: DeskAgent, chatId: string, department: string) => transfer(agent.socket, { chatId, department }),
  ],
  [
    'is taken from an agent who is suspended',
    (agent: DeskAgent) => desk.call(`PATCH /api/users/${agent.id}`, { status: 'suspended' }),
  ],
])('a chat that %s keeps its place: before who came later', async (how, part) => {
  // What other tests left waiting is elsewhere.
  const [from, other] = [await desk.department(), await desk.department()];
  const to = how.includes('another') ? other : from;
  const dora = await desk.agent(from, { name: 'Dora', status: 'busy' });
  const [first, second] = [await createVisitor(desk.server.url), await createVisitor(desk.server.url)];
  const chatId = await desk.chat(from, first);
  expect((await dora.socket.send('assign_chat', { chatId })).success).toBe(true);
  await desk.pass(1);
  const later = await desk.chat(to, second);
  const customer = await connectSocket(desk.server.url, first.token);
  const behind = await connectSocket(desk.server.url, second.token);
  await part(dora, chatId, to);
  expect(await customer.hear('queue_update', about(chatId))).toMatchObject({ position: 1 });
  expect(await behind.hear('queue_update', about(later))).toMatchObject({ position: 2 });
  for (const each of [chatId, later]) await boss.send('close_chat', { chatId: each });
  for (const socket of [customer, behind]) socket.close();
});

test('a chat that is handed to a department is offered there, and not back to who handed it over', async () => {
  await desk.settings({ routingPolicy: 'round_robin' });
  const { chatId, customer } = await annasChat();
  await anna.socket.send('agent_status', { status: 'online' });
  await transfer(anna.socket, { chatId, department: here });
  const last = async () => (await desk.decisions(chatId)).slice(-3);
  await expect.poll(last).toEqual(['claimed Anna', 'transferred', 'queued']);
  await bert.socket.send('agent_status', { status: 'online' });
  await bert.socket.hear('chat_offered', about(chatId));
  await desk.settings({ routingPolicy: 'manual' });
  customer.close();
});
