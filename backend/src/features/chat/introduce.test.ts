import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectSocket } from '../../testing/live-socket.ts';
import { createChat, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let admin: Person;
let siteId: string;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  const { list } = await rest(server.url, 'GET /api/sites', { token: admin.token });
  siteId = String(list[0]?.['id']);
});
beforeEach(() => setSite({ departments: [] }, 'optional'));
afterAll(() => stopTestServer(server));

async function setSite(body: object, department: string): Promise<void> {
  const preChatForm = { name: 'optional', email: 'optional', department };
  const all = { token: admin.token, body: { ...body, preChatForm } };
  expect((await rest(server.url, `PATCH /api/sites/${siteId}`, all)).status).toBe(200);
}

async function start(department?: string) {
  const { token } = await createVisitor(server.url);
  const body = { message: 'Hello', ...(department === undefined ? {} : { department }) };
  const { status, error } = await rest(server.url, 'POST /api/chats', { token, body });
  return status === 201 ? 'open' : `${error?.code} ${error?.message}`;
}

describe('the department of a new chat', () => {
  test('is one that the site offers', async () => {
    await setSite({ departments: ['Technical'] }, 'optional');
    const refusal = 'VALIDATION_FAILED department: this site does not offer it, but: Technical';
    expect(await start('Sales')).toBe(refusal);
    expect([await start('technical'), await start()]).toEqual(['open', 'open']);
    const socket = await connectSocket(server.url, (await createVisitor(server.url)).token);
    const joined = await socket.send('join_chat', { message: 'Hello', department: 'Sales' });
    expect(joined.error?.code).toBe('VALIDATION_FAILED');
    socket.close();
  });

  test('is given where the site requires it', async () => {
    await setSite({ departments: ['Technical'] }, 'required');
    expect(await start()).toBe('VALIDATION_FAILED department: is needed to start a chat, one of: Technical');
    await setSite({ departments: [] }, 'required');
    expect(await start()).toBe(
      'VALIDATION_FAILED department: is needed to start a chat, one of: Sales, Technical',
    );
    expect(await start('Sales')).toBe('open');
  });

  test('is not asked for where there is nothing to choose from', async () => {
    const made = await rest(server.url, 'POST /api/departments', {
      token: admin.token,
      body: { name: 'Short' },
    });
    await setSite({ departments: ['Short'] }, 'required');
    await rest(server.url, `DELETE /api/departments/${String(made.data['id'])}`, { token: admin.token });
    expect(await start()).toBe('open');
  });

  test('is no question to a chat that is open already, whatever the site offers since', async () => {
    const visitor = await createVisitor(server.url);
    const chatId = await createChat(server.url, visitor, { department: 'Sales' });
    await setSite({ departments: ['Technical'] }, 'required');
    expect(await createChat(server.url, visitor, { message: 'And' })).toBe(chatId);
  });
});
