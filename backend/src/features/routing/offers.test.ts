import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectSocket } from '../../testing/live-socket.ts';
import { createPerson, createVisitor } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { about, startRoutedDesk, type DeskAgent, type RoutedDesk } from '../../testing/routed-desk.ts';
import { SLOWNESS } from '../../testing/test-database.ts';

let desk: RoutedDesk;

beforeAll(async () => {
  desk = await startRoutedDesk();
});

afterAll(() => desk.stop());

describe('a waiting chat', () => {
  test('is offered at once, with its words and its end, on every device; and accepted on one', async () => {
    const department = await desk.department();
    const anna = await desk.agent(department, { name: 'Anna' });
    const tablet = await connectSocket(desk.server.url, anna.token);
    const chatId = await desk.chat(department);
    const offer = {
      chatId,
      customerName: 'Carla',
      department,
      message: 'Hello?',
      expiresAt: new Date(desk.now().getTime() + 30_000).toISOString(),
    };
    expect(await anna.socket.hear('chat_offered', about(chatId))).toEqual(offer);
    expect(await tablet.hear('chat_offered', about(chatId))).toEqual(offer);
    const accepted = await tablet.send('accept_offer', { chatId });
    expect(accepted.data).toEqual({
      chatId,
      agentId: anna.id,
      agentName: 'Anna',
      department,
      status: 'active',
    });
    expect(await anna.socket.hear('offer_closed', about(chatId))).toEqual({ chatId, reason: 'accepted' });
    await anna.socket.hear('chat_assigned_to_you', about(chatId));
    // Again, it changes nothing.
    expect((await anna.socket.send('accept_offer', { chatId })).success).toBe(true);
    expect(await desk.decisions(chatId)).toEqual(['offered Anna', 'accepted Anna']);
    tablet.close();
  });

  test('goes by turns, and to the next when it is declined, missed, or its agent goes', async () => {
    const department = await desk.department();
    const [anna, bert, cleo] = [
      await desk.agent(department, { name: 'Anna' }),
      await desk.agent(department, { name: 'Bert' }),
      await desk.agent(department, { name: 'Cleo' }),
    ];
    const byId = new Map([anna, bert, cleo].map((agent) => [agent.id, agent]));
    const chatId = await desk.chat(department);
    const chats = desk.server.features.chat.chats;
    /** Who has the offer now, once they were told; not one of those who had it before. */
    const offeredTo = async (...before: DeskAgent[]): Promise<DeskAgent> => {
      const read = async () => byId.get(String((await chats.findById(chatId).lean())?.offer?.agentId));
      await expect
        .poll(async () => {
          const agent = await read();
          return agent !== undefined && !before.includes(agent);
        })
        .toBe(true);
      const agent = await read();
      if (!agent) throw new Error('nobody has the offer');
      await agent.socket.hear('chat_offered', about(chatId));
      return agent;
    };
    const first = await offeredTo();
    expect((await first.socket.send('decline_offer', { chatId })).data).toEqual({});
    await first.socket.hear('offer_closed', (event) => event['reason'] === 'declined');
    const second = await offeredTo(first);
    await desk.pass(31);
    await second.socket.hear('offer_closed', (event) => event['reason'] === 'expired');
    const third = await offeredTo(first, second);
    third.socket.close();
    // Nobody is left: it waits until those who let it pass may be asked again.
    await expect.poll(async () => (await desk.decisions(chatId)).at(-1)).toBe('queued');
    first.socket.heard.splice(0);
    await desk.pass(5 * 60);
    expect(await first.socket.hear('chat_offered', about(chatId))).toMatchObject({ chatId });
    const kinds = (await desk.decisions(chatId)).map((line) => line.split(' ')[0]);
    expect(kinds).toEqual([
      'offered',
      'declined',
      'offered',
      'expired',
      'offered',
      'withdrawn',
      'queued',
      'offered',
    ]);
  });

  test('waits where everybody has as many as they take, and is offered when one is done', async () => {
    const department = await desk.department();
    const anna = await desk.agent(department, { name: 'Anna' });
    await desk.call(`PATCH /api/users/${anna.id}`, { maxConcurrentChats: 1 });
    const socket = await connectSocket(desk.server.url, anna.token);
    const first = await desk.chat(department);
    await socket.hear('chat_offered', about(first));
    const second = await desk.chat(department);
    await expect.poll(() => desk.decisions(second)).toEqual(['queued']);
    await socket.send('accept_offer', { chatId: first });
    expect(await desk.decisions(second)).toEqual(['queued']);
    await socket.send('close_chat', { chatId: first });
    await socket.hear('chat_offered', about(second));
    const third = await desk.chat(department);
    await expect.poll(() => desk.decisions(third)).toEqual(['queued']);
    // A higher limit makes room too.
    await desk.call(`PATCH /api/users/${anna.id}`, { maxConcurrentChats: 2 });
    const back = await connectSocket(desk.server.url, anna.token);
    await back.hear('chat_offered', about(third));
    back.close();
  });

  test('that waited before anybody was there is offered to who comes, the longest waiting first', async () => {
    const department = await desk.department();
    const chats = [await desk.chat(department), await desk.chat(department), await desk.chat(department)];
    await expect.poll(() => desk.decisions(chats[2] ?? '')).toEqual(['queued']);
    const anna = await desk.agent(department);
    for (const chatId of chats) await anna.socket.hear('chat_offered', about(chatId));
    const order = anna.socket.heard.filter(({ event }) => event === 'chat_offered');
    expect(order.map(({ payload }) => payload['chatId'])).toEqual(chats);
  });

  test('is offered to who says that they are online while a slow database still looks who they are', async () => {
    const department = await desk.department();
    const chatId = await desk.chat(department);
    await expect.poll(() => desk.decisions(chatId)).toEqual(['queued']);
    const anna = await createPerson(desk.server.url, desk.admin, { department, name: 'Anna' });
    const { sessions } = desk.server.features.models;
    const slow = Promise.withResolvers<void>();
    const exists = sessions.exists.bind(sessions);
    const looking = vi.spyOn(sessions, 'exists').mockImplementationOnce(
      // A query, as far as anybody waits for it.
      (filter) => slow.promise.then(() => exists(filter)) as unknown as ReturnType<typeof exists>,
    );
    const socket = await connectSocket(desk.server.url, anna.token);
    expect((await socket.send('agent_status', { status: 'online' })).success).toBe(true);
    expect(looking).toHaveBeenCalledOnce();
    expect(desk.server.features.presence.statusOf(anna.id)).toBe('online');
    slow.resolve();
    expect(await socket.hear('chat_offered', about(chatId))).toMatchObject({ chatId });
    const own = await socket.hear('agent_presence_update', (event) => event['agentId'] === anna.id);
    expect(own).toMatchObject({ status: 'online' });
    socket.close();
  });

  test('is taken back from who moves to another department, and offered to who moves in', async () => {
    const [here, there] = [await desk.department(), await desk.department()];
    const anna = await desk.agent(here, { name: 'Anna' });
    const chatId = await desk.chat(here);
    await anna.socket.hear('chat_offered', about(chatId));
    await desk.call(`PATCH /api/users/${anna.id}`, { department: there });
    await expect.poll(() => desk.decisions(chatId)).toEqual(['offered Anna', 'withdrawn Anna', 'queued']);
    await desk.call(`PATCH /api/users/${anna.id}`, { department: here });
    // A change of department ends the connections; a client comes back at once.
    const back = await connectSocket(desk.server.url, anna.token);
    await back.hear('chat_offered', about(chatId));
    back.close();
  });

  test('that somebody claims, or whose customer leaves, is offered no more, and who had the offer is told', async () => {
    const department = await desk.department();
    const anna = await desk.agent(department, { name: 'Anna' });
    const boss = await connectSocket(desk.server.url, desk.admin.token);
    const claimed = await desk.chat(department);
    await anna.socket.hear('chat_offered', about(claimed));
    expect((await boss.send('assign_chat', { chatId: claimed })).success).toBe(true);
    expect(await anna.socket.hear('offer_closed', about(claimed))).toMatchObject({ reason: 'claimed' });
    expect((await anna.socket.send('accept_offer', { chatId: claimed })).error?.code).toBe('CONFLICT');
    expect(await desk.decisions(claimed)).toEqual(['offered Anna', 'claimed admin']);
    const visitor = await createVisitor(desk.server.url);
    const left = await desk.chat(department, visitor);
    await anna.socket.hear('chat_offered', about(left));
    await rest(desk.server.url, `POST /api/chats/${left}/close`, { token: visitor.token });
    expect(await anna.socket.hear('offer_closed', about(left))).toMatchObject({ reason: 'customer_left' });
    expect((await anna.socket.send('accept_offer', { chatId: left })).error?.code).toBe('CHAT_CLOSED');
    // What ran out of either does nothing any more.
    await desk.pass(60);
    expect(await desk.decisions(left)).toEqual(['offered Anna']);
    boss.close();
  });

  test('is not claimed where the reason cannot be stored: it waits on as it was, and the next claim has it', async () => {
    const department = await desk.department();
    const anna = await desk.agent(department, { name: 'Anna', status: 'busy' });
    const chatId = await desk.chat(department);
    await expect.poll(() => desk.decisions(chatId)).toEqual(['queued']);
    const { chat, routing } = desk.server.features;
    const before = await chat.chats.findById(chatId).lean();
    vi.spyOn(routing.decisions, 'create').mockRejectedValueOnce(new Error('the disk is full'));
    expect((await anna.socket.send('assign_chat', { chatId })).error?.code).toBe('INTERNAL');
    expect(await chat.chats.findById(chatId).lean()).toEqual(before);
    expect((await anna.socket.send('assign_chat', { chatId })).success).toBe(true);
    expect(await desk.decisions(chatId)).toEqual(['queued', 'claimed Anna']);
    await anna.socket.hear('chat_assigned_to_you', about(chatId));
    expect(anna.socket.heard.filter(({ event }) => event === 'chat_assigned')).toHaveLength(1);
  });

  test('who misses two in a row is made away, is told so, and gets no more until they are back', async () => {
    const department = await desk.department();
    const anna = await desk.agent(department, { name: 'Anna' });
    const first = await desk.chat(department);
    await anna.socket.hear('chat_offered', about(first));
    await desk.pass(31);
    const second = await desk.chat(department);
    await anna.socket.hear('chat_offered', about(second));
    await desk.pass(31);
    const isAway = (event: Record<string, unknown>) =>
      event['agentId'] === anna.id && event['status'] === 'away';
    expect(await anna.socket.hear('agent_presence_update', isAway)).toMatchObject({
      reason: 'missed_offers',
    });
    const third = await desk.chat(department);
    await expect.poll(() => desk.decisions(third)).toEqual(['queued']);
    await anna.socket.send('agent_status', { status: 'online' });
    await anna.socket.hear('chat_offered', about(third));
  });

  test('of a returning customer is offered first to who had them, where the site says so', async () => {
    const department = await desk.department();
    const anna = await desk.agent(department, { name: 'Anna' });
    const visitor = await createVisitor(desk.server.url);
    const before = await desk.chat(department, visitor);
    await anna.socket.hear('chat_offered', about(before));
    await anna.socket.send('accept_offer', { chatId: before });
    await anna.socket.send('close_chat', { chatId: before });
    await desk.pass(1);
    await desk.agent(department, { name: 'Bert' });
    const again = await desk.chat(department, visitor);
    await anna.socket.hear('chat_offered', about(again));
    const [offered] = (await desk.call(`GET /api/chats/${again}/routing`)).list;
    expect(offered).toMatchObject({ kind: 'offered', reason: 'Anna had this customer before.' });
  });
});

test('an offer is told again to a device that connects', async () => {
  const department = await desk.department();
  const anna = await desk.agent(department);
  const chatId = await desk.chat(department);
  await anna.socket.hear('chat_offered', about(chatId));
  const phone = await connectSocket(desk.server.url, anna.token);
  expect(await phone.hear('chat_offered', about(chatId))).toMatchObject({ customerName: 'Carla' });
  phone.close();
});

/** The fault suite has a thousand. */
const RIVALRY = 200 / SLOWNESS;

test('two agents claim many chats at once: each chat has exactly one', async () => {
  const department = await desk.department();
  const both = [
    await desk.agent(department, { status: 'busy' }),
    await desk.agent(department, { status: 'busy' }),
  ];
  const visitors = await Promise.all(Array.from({ length: RIVALRY }, () => createVisitor(desk.server.url)));
  const chats = await Promise.all(visitors.map((visitor) => desk.chat(department, visitor)));
  const claims = await Promise.all(
    chats.flatMap((chatId) => both.map(({ socket }) => socket.send('assign_chat', { chatId }))),
  );
  expect(claims.filter(({ success }) => success)).toHaveLength(RIVALRY);
  const refusals = claims.flatMap(({ error }) => (error ? [error.code] : []));
  expect(refusals).toEqual(Array.from({ length: RIVALRY }, () => 'CONFLICT'));
  const won = await desk.server.features.chat.chats.countDocuments({
    departmentId: await desk.server.features.departments.idOf(department),
    status: 'active',
  });
  expect(won).toBe(RIVALRY);
});

test('many chats at once: nobody is offered more than they take, and none is offered twice', async () => {
  const department = await desk.department();
  const agents = [await desk.agent(department), await desk.agent(department), await desk.agent(department)];
  for (const { id } of agents) await desk.call(`PATCH /api/users/${id}`, { maxConcurrentChats: 4 });
  const sockets = await Promise.all(agents.map(({ token }) => connectSocket(desk.server.url, token)));
  const visitors = await Promise.all(Array.from({ length: 30 }, () => createVisitor(desk.server.url)));
  await Promise.all(visitors.map((visitor) => desk.chat(department, visitor)));
  await desk.server.features.bus.idle(5_000 * SLOWNESS);
  const offered = await desk.server.features.chat.chats
    .find({ departmentId: await desk.server.features.departments.idOf(department) })
    .lean();
  const perAgent = Map.groupBy(
    offered.filter(({ offer }) => offer),
    ({ offer }) => String(offer?.agentId),
  );
  expect([...perAgent.values()].map((chats) => chats.length)).toEqual([4, 4, 4]);
  for (const socket of sockets) socket.close();
});
