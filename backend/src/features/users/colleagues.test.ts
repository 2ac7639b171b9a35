import { afterAll, beforeAll, expect, test } from 'vitest';
import { hireAgent, stopClients } from '../../testing/live-clients.ts';
import { createPerson, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';

let server: TestServer;
let admin: Person;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
});

afterAll(async () => {
  stopClients();
  await stopTestServer(server);
});

const change = (id: string, body: object) =>
  rest(server.url, `PATCH /api/users/${id}`, { token: admin.token, body });

test('an agent knows all who work here, there or not, and of each only what a colleague needs', async () => {
  const away = await createPerson(server.url, admin, { name: 'Anna', department: 'Technical' });
  const everywhere = await createPerson(server.url, admin, { name: 'Berta', department: 'Sales' });
  await change(everywhere.id, { permissions: ['departments:all'] });
  const left = await createPerson(server.url, admin, { name: 'Lost' });
  await change(left.id, { status: 'suspended' });
  await createPerson(server.url, admin, { name: 'Customer', role: 'user' });
  const { agent } = await hireAgent(server.url, 'Nora');
  const list = await agent.users.colleagues();
  expect(list.map(({ name }) => name)).toEqual(expect.arrayContaining(['Anna', 'Berta', 'Nora']));
  expect(list.filter(({ name }) => name === 'Lost' || name === 'Customer')).toEqual([]);
  const known = (id: string) => list.find((each) => each.id === id);
  expect(known(away.id)).toEqual({
    id: away.id,
    name: 'Anna',
    avatar: null,
    department: 'Technical',
    allDepartments: false,
  });
  expect(known(everywhere.id)).toMatchObject({ department: 'Sales', allDepartments: true });
  expect(known(admin.id)).toMatchObject({ allDepartments: true });
});

test('nobody else does: neither customers nor strangers', async () => {
  const user = await createPerson(server.url, admin, { role: 'user' });
  const visitor = await createVisitor(server.url);
  const codes = [];
  for (const token of [user.token, visitor.token, undefined]) {
    codes.push((await rest(server.url, 'GET /api/users/colleagues', { token })).error?.code);
  }
  expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'UNAUTHENTICATED']);
});
