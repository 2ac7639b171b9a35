import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChat, createVisitor, loginAdmin, type Person } from '../../testing/people.ts';
import { rest } from '../../testing/rest.ts';
import { startTestServer, stopTestServer, type TestServer } from '../../testing/start-test-server.ts';
import { activityTime } from './activity-time.ts';

const MINUTE = 60_000;

let server: TestServer;
let admin: Person;
/** The server's clock: it begins at a full minute, and ends nobody's session. */
let now = new Date(Math.ceil(Date.now() / MINUTE) * MINUTE);

beforeAll(async () => {
  server = await startTestServer({ now: () => now });
  admin = await loginAdmin(server.url);
});

afterAll(() => stopTestServer(server));

const after = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000);
};
const listed = async (): Promise<unknown[]> =>
  (await rest(server.url, 'GET /api/chats', { token: admin.token })).list.map(({ id }) => id);
const storedTime = async (chatId: string): Promise<Date | undefined> =>
  (await server.features.chat.chats.findById(chatId).lean())?.lastActivityAt;

test.each([
  ['2026-01-01T12:00:00.000Z', '2026-01-01T12:00:00.000Z'],
  ['2026-01-01T12:00:59.999Z', '2026-01-01T12:00:00.000Z'],
  ['1969-12-31T23:59:30.000Z', '1969-12-31T23:59:00.000Z'],
])('of %s it is %s', (at, minute) => {
  expect(activityTime(new Date(at)).toISOString()).toBe(minute);
});

test('a chat moves to the top of lists with its first message of a minute, and stays where it is with the next', async () => {
  const [ann, ben] = [await createVisitor(server.url), await createVisitor(server.url)];
  const first = await createChat(server.url, ann);
  const begun = now;
  after(10);
  const second = await createChat(server.url, ben);
  expect(await listed()).toEqual([second, first]);
  const write = (chatId: string, person: Person) =>
    rest(server.url, `POST /api/chats/${chatId}/messages`, {
      token: person.token,
      body: { message: 'Still there?' },
    });

  after(10);
  await write(first, ann);
  expect(await storedTime(first)).toEqual(begun);
  expect(await listed()).toEqual([second, first]);

  after(60);
  await write(first, ann);
  expect(await storedTime(first)).toEqual(new Date(begun.getTime() + MINUTE));
  expect(await listed()).toEqual([first, second]);
});
