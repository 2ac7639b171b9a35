import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChat, createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { nobodyElse } from '../../lib/peers.ts';
import type { DepartmentRecord } from './department.model.ts';
import { createDepartmentService } from './index.ts';

let server: TestServer;
let admin: Person;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
});

afterAll(() => stopTestServer(server));

const call = (endpoint: string, body?: unknown) =>
  rest(server.url, endpoint, { token: admin.token, ...(body === undefined ? {} : { body }) });
const names = async () => (await call('GET /api/departments')).list.map(({ name }) => name);

const HOURS = {
  timeZone: 'Europe/Berlin',
  weekly: [{ day: 'monday', open: '09:00', close: '17:00' }],
  holidays: ['2026-12-25'],
};

test('a department is made, renamed, given hours, and its name is taken whatever the case', async () => {
  const made = await call('POST /api/departments', { name: 'Billing', businessHours: HOURS });
  expect(made.status).toBe(201);
  expect(made.data).toEqual({ id: expect.any(String), name: 'Billing', businessHours: HOURS });
  const path = `PATCH /api/departments/${String(made.data['id'])}`;
  expect((await call(path, { name: 'sales' })).error?.code).toBe('CONFLICT');
  expect((await call('POST /api/departments', { name: 'BILLING' })).error?.code).toBe('CONFLICT');
  const hours = { ...HOURS, timeZone: 'Europe/Atlantis' };
  expect((await call(path, { businessHours: hours })).error).toMatchObject({
    code: 'VALIDATION_FAILED',
    message: expect.stringContaining('IANA'),
  });
  expect((await call(path, { name: 'Invoices' })).data).toMatchObject({
    name: 'Invoices',
    businessHours: HOURS,
  });
  expect((await call(path, { businessHours: null })).data).toMatchObject({ businessHours: null });
  expect(await names()).toEqual(['Invoices', 'Sales', 'Technical']);
});

test('one is read by its id, by all who work here; a removed one is not found', async () => {
  const made = await call('POST /api/departments', { name: 'Press', businessHours: HOURS });
  const id = String(made.data['id']);
  expect((await call(`GET /api/departments/${id}`)).data).toEqual(made.data);
  const { token } = await createPerson(server.url, admin);
  expect((await rest(server.url, `GET /api/departments/${id}`, { token })).data).toEqual(made.data);
  await call(`DELETE /api/departments/${id}`);
  expect((await call(`GET /api/departments/${id}`)).error?.code).toBe('NOT_FOUND');
});

test('one in use is not removed and says why; a removed one keeps its name in what was', async () => {
  const made = await call('POST /api/departments', { name: 'Returns' });
  const path = `DELETE /api/departments/${String(made.data['id'])}`;
  const agent = await createPerson(server.url, admin, { department: 'Returns' });
  const chatId = await createChat(server.url, await createVisitor(server.url), { department: 'Returns' });
  expect((await call(path)).error).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/users belong to it \(1\).*chats are open in it \(1\)/),
  });
  await call(`PATCH /api/users/${agent.id}`, { department: null });
  await call(`POST /api/chats/${chatId}/close`);
  expect((await call(path)).status).toBe(200);
  expect((await call(path)).error?.code).toBe('NOT_FOUND');
  expect(await names()).not.toContain('Returns');
  expect((await call(`GET /api/chats/${chatId}`)).data['department']).toBe('Returns');
  const opening = await rest(server.url, 'POST /api/chats', {
    token: (await createVisitor(server.url)).token,
    body: { name: 'Carla', message: 'Hello', department: 'Returns' },
  });
  expect(opening.error?.code).toBe('VALIDATION_FAILED');
  expect((await call('POST /api/departments', { name: 'Returns' })).status).toBe(201);
});

test('what another process made, renamed or removed is known within seconds, whatever it was told', async () => {
  const { connection, bus } = server.features.chat;
  let time = Date.now();
  const elsewhere = createDepartmentService({
    departments: connection.model<DepartmentRecord>('Department'),
    bus,
    peers: nobodyElse,
    now: () => new Date(time),
    useOf: async () => null,
  });
  expect((await elsewhere.list()).map(({ name }) => name)).not.toContain('Repairs');
  const id = String((await call('POST /api/departments', { name: 'Repairs' })).data['id']);
  time += 5_000;
  expect(await elsewhere.idOf('repairs')).toBe(id);
  await call(`PATCH /api/departments/${id}`, { name: 'Workshop', businessHours: HOURS });
  time += 5_000;
  expect([await elsewhere.nameOf(id), await elsewhere.hoursOf(id)]).toMatchObject(['Workshop', HOURS]);
  await call(`DELETE /api/departments/${id}`);
  time += 5_000;
  await expect(elsewhere.idOf('Workshop')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
});

test('a site says how its chats are routed, and a user how many they get', async () => {
  const [site] = (await call('GET /api/sites')).list;
  expect(site).toMatchObject({
    routingPolicy: 'manual',
    offerSeconds: 30,
    returnToPreviousAgent: true,
    businessHours: null,
  });
  const settings = {
    routingPolicy: 'least_busy',
    offerSeconds: 45,
    returnToPreviousAgent: false,
    businessHours: HOURS,
  };
  const path = `PATCH /api/sites/${String(site?.['id'])}`;
  expect((await call(path, settings)).data).toMatchObject(settings);
  expect((await call(path, { offerSeconds: 1 })).error?.code).toBe('VALIDATION_FAILED');
  const limits = { maxConcurrentChats: 3, awayAfterMinutes: 20 };
  expect((await call(`PATCH /api/users/${admin.id}`, limits)).data).toMatchObject(limits);
});
