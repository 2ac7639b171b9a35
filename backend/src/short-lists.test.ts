import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedIn, stopClients } from './testing/live-clients.ts';
import { createPerson, login, loginAdmin, type Person } from './testing/people.ts';
import { rest } from './testing/rest.ts';
import { ADMIN, startTestServer, stopTestServer, type TestServer } from './testing/start-test-server.ts';

/** More than fit on the largest page. */
const MANY = 105;

let server: TestServer;
let admin: Person;

beforeAll(async () => {
  server = await startTestServer();
  admin = await loginAdmin(server.url);
  const { sites, sessions, users } = server.features.models;
  const numbers = Array.from({ length: MANY }, (_, index) => index);
  for (const number of numbers) await server.features.departments.create({ name: `Team ${number}` });
  const site = await sites.findOne({ key: 'default' }).lean();
  const user = await users.findById(admin.id).lean();
  const { _id: _site, ...asDefault } = site ?? expect.fail('there is no site');
  const { _id: _user, ...asAdmin } = user ?? expect.fail('there is no admin');
  const now = new Date();
  await sites.insertMany(numbers.map((number) => ({ ...asDefault, key: `site-${number}`, name: 'Brand' })));
  await users.insertMany(
    numbers.map((number) => ({
      ...asAdmin,
      email: `agent${number}@example.com`,
      name: `Agent ${number % 10}`,
      role: 'agent',
      presence: 'online',
      lastActiveAt: now,
    })),
  );
  await sessions.insertMany(
    numbers.map((number) => ({
      userId: admin.id,
      sessionToken: `session ${number}`,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + 3_600_000),
    })),
  );
});

afterAll(async () => {
  stopClients();
  await stopTestServer(server);
});

const PATHS = [
  '/api/sites',
  '/api/departments',
  '/api/auth/sessions',
  '/api/users/agents/online',
  '/api/users/colleagues',
] as const;

const get = (path: string, query: string) => rest(server.url, `GET ${path}?${query}`, { token: admin.token });

/** Every row of a list by its pages. */
async function readAll(path: string, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  do {
    const { list, page } = await get(path, `limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(list.length).toBeLessThanOrEqual(limit);
    ids.push(...list.map(({ id }) => String(id)));
    cursor = page?.nextCursor ?? '';
  } while (cursor !== '');
  return ids;
}

describe.each(PATHS)('GET %s', (path) => {
  test('gives 25 unless asked for more, and all of them by pages, in the same order', async () => {
    const first = await get(path, '');
    expect(first.list).toHaveLength(25);
    expect(first.page?.nextCursor).toEqual(expect.any(String));
    const all = await readAll(path, 100);
    expect(all.length).toBeGreaterThan(MANY);
    expect(new Set(all).size).toBe(all.length);
    expect(await readAll(path, 7)).toEqual(all);
    expect(first.list.map(({ id }) => id)).toEqual(all.slice(0, 25));
  });

  test('takes no cursor of another list, and no other limit', async () => {
    const other = PATHS.find((one) => one !== path) ?? '';
    const cursor = (await get(other, 'limit=1')).page?.nextCursor;
    for (const query of [`cursor=${cursor}`, 'cursor=W10', 'limit=0', 'limit=101', 'page=2']) {
      expect([query, (await get(path, query)).error?.code]).toEqual([query, 'VALIDATION_FAILED']);
    }
  });
});

test('the client reads all of them, and one by its id', async () => {
  const client = await signedIn(server.url, ADMIN.email, ADMIN.password);
  const [departments, sites, online] = [
    await client.departments.list(),
    await client.sites.list(),
    await client.users.online(),
  ];
  expect(departments.map(({ id }) => id)).toEqual(await readAll('/api/departments', 100));
  expect(sites.map(({ id }) => id)).toEqual(await readAll('/api/sites', 100));
  expect(online.map(({ id }) => id)).toEqual(await readAll('/api/users/agents/online', 100));
  expect((await client.auth.sessions()).length).toBeGreaterThan(MANY);
  expect(await client.departments.get(departments[0]?.id ?? '')).toEqual(departments[0]);
  expect(await client.sites.get(sites[0]?.id ?? '')).toEqual(sites[0]);
  const changed = await client.sites.update(sites[0]?.id ?? '', { name: 'Another brand' });
  expect(changed).toEqual({ ...sites[0], name: 'Another brand' });
  expect(await client.sites.makeIdentitySecret(changed.id)).toMatch(/^[\w-]{43}$/);
});

test('one user is read by their id, by admins', async () => {
  const agent = await createPerson(server.url, admin, { name: 'Anna' });
  const client = await signedIn(server.url, ADMIN.email, ADMIN.password);
  const changed = await client.users.update(agent.id, { name: 'Berta' });
  expect(changed).toMatchObject({ id: agent.id, email: agent.email, name: 'Berta' });
  expect(await client.users.get(agent.id)).toEqual(changed);
  await expect(client.users.get('0'.repeat(24))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { token } = await login(server.url, ADMIN.email, ADMIN.password);
  expect((await rest(server.url, `GET /api/users/${agent.id}`, { token })).text).not.toMatch(/password|\$2b/);
  expect((await rest(server.url, `GET /api/users/${agent.id}`, { token: agent.token })).error?.code).toBe(
    'FORBIDDEN',
  );
});
