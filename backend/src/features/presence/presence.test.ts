import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket } from '../../testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { createPresenceService } from './presence.service.ts';

let server: TestServer;
let admin: Person;
let clock = new Date();

beforeAll(async () => {
  server = await startTestServer({ presenceGraceTime: 50, now: () => clock });
  admin = await loginAdmin(server.url);
});

afterAll(() => stopTestServer(server));

const online = async () =>
  (await rest(server.url, 'GET /api/users/agents/online', { token: admin.token })).list;

describe('presence', () => {
  test('is told to staff, never to customers, and comes back as last chosen', async () => {
    const agent = await createPerson(server.url, admin, { department: 'Sales' });
    const [boss, customer] = [
      await connectSocket(server.url, admin.token),
      await connectSocket(server.url, (await createVisitor(server.url)).token),
    ];
    const first = await connectSocket(server.url, agent.token);
    const ofAgent = (status: string) => (event: Record<string, unknown>) =>
      event['agentId'] === agent.id && event['status'] === status;
    await first.hear('agent_presence_update', ofAgent('offline'));
    expect((await first.send('agent_status', { status: 'busy' })).data).toEqual({
      agentId: agent.id,
      status: 'busy',
    });
    await boss.hear('agent_presence_update', ofAgent('busy'));
    first.close();
    await boss.hear('agent_presence_update', ofAgent('offline'));
    const second = await connectSocket(server.url, agent.token);
    await second.hear('agent_presence_update', ofAgent('busy'));
    expect(customer.heard.filter(({ event }) => event === 'agent_presence_update')).toEqual([]);
    for (const socket of [boss, customer, second]) socket.close();
  });

  test('several connections are one, and a short absence is none', async () => {
    // As long as it takes a busy machine to connect again.
    const patient = await startTestServer({ presenceGraceTime: 60_000 });
    const owner = await loginAdmin(patient.url);
    const agent = await createPerson(patient.url, owner);
    const boss = await connectSocket(patient.url, owner.token);
    const [one, two] = [
      await connectSocket(patient.url, agent.token),
      await connectSocket(patient.url, agent.token),
    ];
    await one.send('agent_status', { status: 'online' });
    one.close();
    two.close();
    const three = await connectSocket(patient.url, agent.token);
    expect((await three.send('agent_status', { status: 'away' })).success).toBe(true);
    await boss.hear(
      'agent_presence_update',
      (event) => event['agentId'] === agent.id && event['status'] === 'away',
    );
    const heard = boss.heard
      .filter(({ payload }) => payload['agentId'] === agent.id)
      .map(({ payload }) => payload['status']);
    expect(heard).toEqual(['online', 'away']);
    three.close();
    boss.close();
    await stopTestServer(patient);
  });

  test('agents/online lists who was active within 5 minutes or is connected, and not who chose offline', async () => {
    const names = async () => (await online()).map(({ name }) => name);
    const idle = await createPerson(server.url, admin, { name: 'Idle' });
    const held = await createPerson(server.url, admin, { name: 'Held' });
    const left = await createPerson(server.url, admin, { name: 'Left' });
    await rest(server.url, 'GET /api/auth/me', { token: idle.token });
    const socket = await connectSocket(server.url, held.token);
    const leaving = await connectSocket(server.url, left.token);
    await leaving.send('agent_status', { status: 'offline' });
    expect(await names()).toEqual(expect.arrayContaining(['Idle', 'Held']));
    expect(await names()).not.toContain('Left');
    const before = clock;
    try {
      clock = new Date(before.getTime() + 5 * 60_000 + 1);
      expect(await names()).toContain('Held');
      expect(await names()).not.toContain('Idle');
    } finally {
      clock = before;
    }
    const row = (await online()).find(({ name }) => name === 'Held');
    expect(Object.keys(row ?? {}).toSorted()).toEqual(
      ['avatar', 'department', 'email', 'id', 'lastActiveAt', 'name', 'status'].toSorted(),
    );
    socket.close();
    leaving.close();
  });
});

test('agents/online has who was active up to 10 seconds short of 5 minutes ago, however often before', async () => {
  const agent = await createPerson(server.url, admin);
  const listed = async () => (await online()).some(({ id }) => id === agent.id);
  const before = clock;
  try {
    for (const seconds of [0, 9, 20, 29, 50]) {
      clock = new Date(before.getTime() + seconds * 1_000);
      await rest(server.url, 'GET /api/auth/me', { token: agent.token });
    }
    const last = clock.getTime();
    clock = new Date(last + 4 * 60_000 + 50_000);
    expect(await listed()).toBe(true);
    clock = new Date(last + 5 * 60_000 + 1);
    expect(await listed()).toBe(false);
  } finally {
    clock = before;
  }
});

describe('workload', () => {
  test('counts the active chats of an agent', async () => {
    const agent = await createPerson(server.url, admin, { department: 'Technical' });
    const read = () => rest(server.url, `GET /api/users/agents/${agent.id}/workload`, { token: agent.token });
    expect((await read()).data).toEqual({
      agentId: agent.id,
      activeChats: 0,
      openTickets: 0,
      totalWorkload: 0,
    });
    const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Technical' });
    await rest(server.url, `POST /api/chats/${chatId}/assign`, { token: agent.token, body: {} });
    expect((await read()).data).toMatchObject({ activeChats: 1, totalWorkload: 1 });
    const unknown = await rest(server.url, `GET /api/users/agents/${'0'.repeat(24)}/workload`, {
      token: agent.token,
    });
    expect(unknown.status).toBe(404);
  });
});

describe('an agent who gives no sign of life', () => {
  const minutes = (count: number) => new Date(clock.getTime() + count * 60_000);

  test('becomes away after the time that is theirs, and is back with the first thing they do', async () => {
    const agent = await createPerson(server.url, admin);
    await rest(server.url, `PATCH /api/users/${agent.id}`, {
      token: admin.token,
      body: { awayAfterMinutes: 20 },
    });
    const boss = await connectSocket(server.url, admin.token);
    const socket = await connectSocket(server.url, agent.token);
    const ofAgent = (status: string) => (event: Record<string, unknown>) =>
      event['agentId'] === agent.id && event['status'] === status;
    await socket.send('agent_status', { status: 'online' });
    const before = clock;
    try {
      clock = minutes(19);
      await server.features.jobs.runDue();
      expect(server.features.presence.statusOf(agent.id)).toBe('online');
      await socket.send('typing', { chatId: '0'.repeat(24), isTyping: true });
      clock = minutes(19);
      await server.features.jobs.runDue();
      expect(server.features.presence.statusOf(agent.id)).toBe('online');
      clock = minutes(1);
      await server.features.jobs.runDue();
      expect(await boss.hear('agent_presence_update', ofAgent('away'))).toMatchObject({ reason: 'idle' });
      // What a client sends by itself brings nobody back.
      await rest(server.url, 'GET /api/auth/me', { token: agent.token });
      await socket.send('sync_chat', { chatId: '0'.repeat(24), afterSeq: 0 });
      expect(server.features.presence.statusOf(agent.id)).toBe('away');
      boss.heard.splice(0);
      await socket.send('typing', { chatId: '0'.repeat(24), isTyping: true });
      await boss.hear('agent_presence_update', ofAgent('online'));
      expect(server.features.presence.statusOf(agent.id)).toBe('online');
    } finally {
      clock = before;
      socket.close();
      boss.close();
    }
  });

  test('becomes away although their browser goes on reading, and is listed as there all the same', async () => {
    const agent = await createPerson(server.url, admin);
    const socket = await connectSocket(server.url, agent.token);
    await socket.send('agent_status', { status: 'online' });
    // By then it is known when they would be idle.
    await server.features.bus.idle(5_000);
    const before = clock;
    try {
      for (let passed = 0; passed < 15; passed += 1) {
        clock = minutes(1);
        await rest(server.url, 'GET /api/auth/me', { token: agent.token });
      }
      await server.features.jobs.runDue();
      expect(server.features.presence.statusOf(agent.id)).toBe('away');
      const row = (await online()).find(({ id }) => id === agent.id);
      expect(row).toMatchObject({ lastActiveAt: clock.toISOString(), status: 'away' });
    } finally {
      clock = before;
      socket.close();
    }
  });

  test('who chose away stays so, whatever they do', async () => {
    const agent = await createPerson(server.url, admin);
    const socket = await connectSocket(server.url, agent.token);
    await socket.send('agent_status', { status: 'away' });
    await socket.send('typing', { chatId: '0'.repeat(24), isTyping: true });
    await rest(server.url, 'POST /api/auth/sessions/revoke-others', { token: agent.token });
    expect(server.features.presence.statusOf(agent.id)).toBe('away');
    socket.close();
  });

  test('nobody is online who is not: a new start remembers what was chosen, for when they come', async () => {
    const agent = await createPerson(server.url, admin);
    const socket = await connectSocket(server.url, agent.token);
    await socket.send('agent_status', { status: 'online' });
    expect(server.features.presence.statusOf(agent.id)).toBe('online');
    const { users, departments, bus, now } = server.features.chat;
    const { jobs, peers } = server.features;
    const started = createPresenceService({ users, departments, bus, peers, jobs, now });
    expect(started.statusOf(agent.id)).toBe('offline');
    expect(await started.connected(agent.id)).toBe('online');
    started.stop();
    socket.close();
  });
});
