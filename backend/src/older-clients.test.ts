import { clientEventTables, type Access } from '@wzatco/sdk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSocket, type TestSocket } from './testing/live-socket.ts';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from './testing/people.ts';
import { startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';

/** What older clients say of themselves, besides what is asked. */
const REDUNDANT = { agentName: 'Mallory', senderName: 'Mallory', userName: 7, closedBy: null };

let server: TestServer;
let visitor: Person;
let agent: Person;
let customer: TestSocket;
let staff: TestSocket;

beforeAll(async () => {
  server = await startTestServer();
  const admin = await loginAdmin(server.url);
  agent = await createPerson(server.url, admin, { name: 'Anna Agent' });
  visitor = await createVisitor(server.url);
  customer = await connectSocket(server.url, visitor.token);
  staff = await connectSocket(server.url, agent.token);
});

afterAll(async () => {
  customer.close();
  staff.close();
  await stopTestServer(server);
});

const events = Object.values(clientEventTables).flatMap((table) => Object.entries(table));

/** An event's refusal, or that it was taken. */
async function outcome(socket: TestSocket, name: string, payload: object): Promise<unknown> {
  const { success, error } = await socket.send(name, payload);
  return success ? 'OK' : error;
}

/** Who may send an event: their socket, id and side. */
function senders(access: Access): { socket: TestSocket; id: string; side: string }[] {
  if (access === 'public') return [];
  return [
    ...('visitor' in access ? [{ socket: customer, id: visitor.id, side: 'customer' }] : []),
    ...('agent' in access ? [{ socket: staff, id: agent.id, side: 'agent' }] : []),
  ];
}

describe('what a client says of itself', () => {
  test.each(events)(
    'is ignored in %s where it is redundant or true, and FORBIDDEN where it is not',
    async (name, event) => {
      for (const { socket, id, side } of senders(event.access)) {
        const plain = await outcome(socket, name, {});
        const said = {
          ...REDUNDANT,
          userType: side,
          ...(side === 'agent' && !event.namesAgent ? { agentId: id } : {}),
        };
        expect([side, await outcome(socket, name, said)]).toEqual([side, plain]);
        const other = side === 'agent' ? 'customer' : 'agent';
        for (const userType of [other, 'admin', null]) {
          expect([side, await outcome(socket, name, { userType })]).toMatchObject([
            side,
            { code: 'FORBIDDEN' },
          ]);
        }
        if (side === 'agent' && event.namesAgent) continue;
        for (const agentId of ['0'.repeat(24), 'nobody', null]) {
          expect([side, await outcome(socket, name, { agentId })]).toMatchObject([
            side,
            { code: 'FORBIDDEN' },
          ]);
        }
      }
    },
  );

  test('changes nothing of what is stored', async () => {
    const opened = await customer.send('join_chat', { name: 'Carla', message: 'Hello', ...REDUNDANT });
    const chatId = opened.data['chatId'];
    expect((await staff.send('assign_chat', { chatId, agentId: agent.id, ...REDUNDANT })).data).toMatchObject(
      {
        agentId: agent.id,
        agentName: 'Anna Agent',
      },
    );
    const sent = await staff.send('agent_message', {
      chatId,
      message: 'Hi',
      agentId: agent.id,
      ...REDUNDANT,
    });
    expect(sent.data).toMatchObject({ senderId: agent.id, senderName: 'Anna Agent' });
    expect((await staff.send('close_chat', { chatId, ...REDUNDANT })).data).toMatchObject({
      closedBy: 'agent',
    });
  });
});

describe('what may be left out', () => {
  test('is left out of join_chat by an empty text too', async () => {
    const other = await connectSocket(server.url, (await createVisitor(server.url)).token);
    const joined = await other.send('join_chat', {
      name: 'Carla',
      email: '',
      department: '',
      message: 'Hello',
    });
    expect(joined).toMatchObject({ success: true, data: { department: null } });
    other.close();
  });

  test('is all of sync_inbox: it is answered without any payload', async () => {
    const chatId = await createChat(server.url, await createVisitor(server.url));
    const { success, data } = await staff.raw.emitWithAck('sync_inbox');
    expect(success).toBe(true);
    expect(data.chats).toContainEqual(expect.objectContaining({ id: chatId }));
  });
});
