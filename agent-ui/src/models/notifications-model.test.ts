import { signal } from '@preact/signals';
import { ClientError, type ConnectionState, type Notification, type ReadNotifications } from '@wzatco/sdk';
import { expect, test, vi } from 'vitest';
import { createNotificationsModel } from './notifications-model.ts';

const PAGE = 3;

function mention(id: number, readAt: string | null = null): Notification {
  return {
    id: `${id}`,
    kind: 'mention',
    chatId: `chat of ${id}`,
    noteId: `${id}`,
    by: { id: 'bert', name: 'Bert' },
    about: { customerName: 'Carla', text: 'Look' },
    timestamp: '2026-01-05T09:00:00.000Z',
    readAt,
  };
}

/** So many mentions, the newest first. */
const mentions = (count: number) => Array.from({ length: count }, (_, index) => mention(count - index));

/** A model over a server that has some, gives them by pages, and can be told to be away or to hold its answers. */
function desk(count: number) {
  const connection = signal<ConnectionState>('connecting');
  const me = signal('anna');
  const listeners = new Map<string, (payload: never) => void>();
  const alerts = { tell: vi.fn() };
  const server = { stored: mentions(count), isDown: false, asked: [] as string[] };
  let isHeld = false;
  let held: (() => void)[] = [];
  const answer = async <Value>(path: string, make: () => Value): Promise<Value> => {
    server.asked.push(path);
    // What is answered is what was so when it was asked.
    const value = make();
    const { isDown } = server;
    if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
    if (isDown) throw new ClientError('OFFLINE', 'No answer.', 0);
    return value;
  };
  const left = () => {
    const unread = server.stored.filter(({ readAt }) => readAt === null);
    return { unread: unread.length, chatIds: unread.map(({ chatId }) => chatId) };
  };
  const read = (which: ReadNotifications) => {
    if (server.isDown) return left();
    server.stored = server.stored.map((each) =>
      'all' in which || ('ids' in which && which.ids.includes(each.id)) ? { ...each, readAt: 'now' } : each,
    );
    return left();
  };
  const client = {
    notifications: {
      list: ({ cursor }: { cursor?: string } = {}) =>
        answer(cursor === undefined ? 'newest' : 'older', () => {
          const from = cursor === undefined ? 0 : server.stored.findIndex(({ id }) => id === cursor) + 1;
          const items = server.stored.slice(from, from + PAGE);
          const isLast = from + PAGE >= server.stored.length;
          return { items, nextCursor: isLast ? null : (items.at(-1)?.id ?? null) };
        }),
      unread: () => answer('unread', left),
      markRead: (which: ReadNotifications) => answer('read', () => read(which)),
    },
    on(name: string, listener: (payload: never) => void) {
      listeners.set(name, listener);
      return () => {};
    },
  };
  const model = createNotificationsModel({ client, alerts, connection, me });
  return {
    model,
    server,
    connection,
    me,
    alerts,
    /** What is shown, as `3 2 1`; one that is read has a dot behind. */
    shown: () =>
      model.items.value?.map(({ id, readAt }) => (readAt === null ? id : `${id}.`)).join(' ') ?? null,
    tell: (name: string, payload?: object) => listeners.get(name)?.(payload as never),
    /** Read on another device, which the server tells. */
    readElsewhere(which: ReadNotifications) {
      listeners.get('notifications_read')?.({ ...read(which), which } as never);
    },
    /** One more mentions this agent, which the server tells. */
    arrive() {
      server.stored = [mention(server.stored.length + 1), ...server.stored];
      listeners.get('notification')?.({} as never);
    },
    hold() {
      isHeld = true;
    },
    letGo() {
      isHeld = false;
      for (const resolve of held) resolve();
      held = [];
    },
  };
}

/** A desk that is online, and has its first page. */
async function begun(count: number) {
  const made = desk(count);
  made.connection.value = 'online';
  await vi.waitFor(() => expect(made.model.items.value).not.toBeNull());
  made.server.asked = [];
  return made;
}

test('they are read with the connection, when it comes back, and when the server tells of one; and go with the agent', async () => {
  const { model, server, connection, me, shown, arrive } = desk(1);
  expect([shown(), server.asked]).toEqual([null, []]);
  connection.value = 'online';
  await vi.waitFor(() => expect([shown(), model.unread.value]).toEqual(['1', 1]));
  connection.value = 'offline';
  server.stored = mentions(2);
  connection.value = 'online';
  await vi.waitFor(() => expect([shown(), model.unread.value]).toEqual(['2 1', 2]));
  arrive();
  await vi.waitFor(() => expect(shown()).toBe('3 2 1'));
  me.value = '';
  expect([shown(), model.unread.value, model.unreadChats.value.size]).toEqual([null, 0, 0]);
});

test('what is read is so at once; where that fails it is said, and unread again', async () => {
  const { model, server, alerts, shown, hold, letGo } = await begun(2);
  hold();
  const reading = model.markRead({ ids: ['1'] });
  expect(shown()).toBe('2 1.');
  letGo();
  await reading;
  expect([shown(), model.unread.value]).toEqual(['2 1.', 1]);
  server.isDown = true;
  const failing = model.markRead({ all: true });
  expect(shown()).toBe('2. 1.');
  await failing;
  expect([shown(), model.unread.value, [...model.unreadChats.value]]).toEqual(['2 1.', 1, ['chat of 2']]);
  expect(alerts.tell).toHaveBeenCalledWith(expect.objectContaining({ detail: 'No answer.' }));
});

test('a failure is told, keeps what was known, and is gone with the next answer', async () => {
  const { model, server, shown } = await begun(1);
  server.isDown = true;
  await model.load();
  expect([model.failure.value, shown()]).toEqual(['No answer.', '1']);
  server.isDown = false;
  await model.load();
  expect(model.failure.value).toBeNull();
});

test('the chats with unread ones are known beyond the page that is shown', async () => {
  const { model, shown } = await begun(5);
  expect([shown(), model.unread.value]).toEqual(['5 4 3', 5]);
  expect(model.unreadChats.value.has('chat of 1')).toBe(true);
});

test('older pages stay where the newest are read again, and where something is read here or elsewhere', async () => {
  const { model, shown, arrive, readElsewhere } = await begun(8);
  await model.loadMore();
  expect(shown()).toBe('8 7 6 5 4 3');
  await model.markRead({ ids: ['4'] });
  readElsewhere({ ids: ['7'] });
  expect([shown(), model.unread.value]).toEqual(['8 7. 6 5 4. 3', 6]);
  arrive();
  await vi.waitFor(() => expect(shown()).toBe('9 8 7. 6 5 4. 3'));
  await model.loadMore();
  expect([shown(), model.more.value]).toEqual(['9 8 7. 6 5 4. 3 2 1', false]);
});

test('after an outage older pages are fetched anew: what was read of them meanwhile was told to nobody', async () => {
  const { model, server, connection, shown } = await begun(6);
  await model.loadMore();
  connection.value = 'offline';
  server.stored = [...mentions(6).slice(0, 5), mention(1, 'now')];
  connection.value = 'online';
  await vi.waitFor(() => expect(shown()).toBe('6 5 4'));
  await model.loadMore();
  expect(shown()).toBe('6 5 4 3 2 1.');
});

test('where more have come than a page holds the list begins anew, without a hole', async () => {
  const { model, server, shown } = await begun(4);
  server.stored = mentions(9);
  await model.load();
  expect(shown()).toBe('9 8 7');
  await model.loadMore();
  expect(shown()).toBe('9 8 7 6 5 4');
});

test('a mention that comes while older ones are fetched takes nothing from them', async () => {
  const { model, shown, arrive, hold, letGo } = await begun(6);
  hold();
  const older = model.loadMore();
  arrive();
  letGo();
  await older;
  await vi.waitFor(() => expect(shown()).toBe('7 6 5 4 3 2 1'));
});

test('many mentions at once are one request, with one more for what came meanwhile; each answer counts', async () => {
  const { model, server, shown, arrive, hold, letGo } = await begun(1);
  hold();
  arrive();
  for (let count = 0; count < 20; count += 1) arrive();
  letGo();
  hold();
  await vi.waitFor(() => expect(model.unread.value).toBe(2));
  letGo();
  await vi.waitFor(() => expect([shown(), model.unread.value]).toEqual(['22 21 20', 22]));
  expect(server.asked.toSorted()).toEqual(['newest', 'newest', 'unread', 'unread']);
});

test('what was read is taken from what the server tells; only an answer under way, which may be older, is asked for again', async () => {
  const { model, server, shown, readElsewhere, arrive, hold, letGo } = await begun(2);
  readElsewhere({ ids: ['2'] });
  expect([shown(), model.unread.value, server.asked]).toEqual(['2. 1', 1, []]);
  hold();
  arrive();
  readElsewhere({ all: true });
  letGo();
  await vi.waitFor(() => expect(server.asked).toHaveLength(4));
  await vi.waitFor(() => expect([shown(), model.unread.value]).toEqual(['3. 2. 1.', 0]));
});

test('an answer for whoever has left is not shown to who came', async () => {
  const { server, me, shown, arrive, hold, letGo } = await begun(1);
  hold();
  arrive();
  me.value = '';
  me.value = 'bert';
  server.stored = mentions(3);
  letGo();
  await vi.waitFor(() => expect(shown()).toBe('3 2 1'));
});
