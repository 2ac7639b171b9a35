import { signal } from '@preact/signals';
import { ClientError, type ConnectionState, type Notification, type ReadNotifications } from '@wzatco/sdk';
import { expect, test, vi } from 'vitest';
import { createNotificationsModel } from './notifications-model.ts';

function mention(id: string, readAt: string | null = null): Notification {
  return {
    id,
    kind: 'mention',
    chatId: `chat of ${id}`,
    noteId: id,
    by: { id: 'bert', name: 'Bert' },
    about: { customerName: 'Carla', text: 'Look' },
    timestamp: '2026-01-05T09:00:00.000Z',
    readAt,
  };
}

/** A model over a server that has some, and can be told to be away. */
function desk(stored: Notification[]) {
  const connection = signal<ConnectionState>('connecting');
  const me = signal('anna');
  const listeners = new Map<string, () => void>();
  const alerts = { tell: vi.fn() };
  const server = { stored, isDown: false, asked: 0 };
  const answer = <Value>(make: () => Value) =>
    server.isDown
      ? Promise.reject(new ClientError('OFFLINE', 'No answer.', 0))
      : Promise.resolve().then(make);
  const countUnread = () => server.stored.filter(({ readAt }) => readAt === null).length;
  const client = {
    notifications: {
      list() {
        server.asked += 1;
        return answer(() => ({ items: server.stored, nextCursor: null }));
      },
      unread: () => answer(countUnread),
      markRead: (which: ReadNotifications) =>
        answer(() => {
          server.stored = server.stored.map((each) =>
            'all' in which || ('ids' in which && which.ids.includes(each.id))
              ? { ...each, readAt: 'now' }
              : each,
          );
          return countUnread();
        }),
    },
    on(name: string, listener: () => void) {
      listeners.set(name, listener);
      return () => {};
    },
  };
  const model = createNotificationsModel({ client, alerts, connection, me });
  const ids = () => model.items.value?.map(({ id }) => id);
  return { model, server, connection, me, alerts, ids, tell: (name: string) => listeners.get(name)?.() };
}

test('they are read with the connection, when it comes back, and when the server tells of one; and go with the agent', async () => {
  const { model, server, connection, me, ids, tell } = desk([mention('1')]);
  expect([model.items.value, server.asked]).toEqual([null, 0]);
  connection.value = 'online';
  await vi.waitFor(() => expect([ids(), model.unread.value]).toEqual([['1'], 1]));
  connection.value = 'offline';
  server.stored = [mention('2'), mention('1')];
  connection.value = 'online';
  await vi.waitFor(() => expect([ids(), model.unread.value]).toEqual([['2', '1'], 2]));
  server.stored = [mention('3'), ...server.stored];
  tell('notification');
  await vi.waitFor(() => expect(ids()).toEqual(['3', '2', '1']));
  me.value = '';
  expect([model.items.value, model.unread.value]).toEqual([null, 0]);
});

test('what is read is so at once; where that fails it is said', async () => {
  const { model, server, connection, alerts } = desk([mention('1'), mention('2')]);
  connection.value = 'online';
  await vi.waitFor(() => expect(model.unread.value).toBe(2));
  const reading = model.markRead({ ids: ['1'] });
  expect(model.items.value?.map(({ readAt }) => readAt !== null)).toEqual([true, false]);
  await reading;
  expect(model.unread.value).toBe(1);
  server.isDown = true;
  await model.markRead({ all: true });
  expect(alerts.tell).toHaveBeenCalledWith(expect.objectContaining({ detail: 'No answer.' }));
});

test('a failure is told, keeps what was known, and is gone with the next answer', async () => {
  const { model, server, connection, ids } = desk([mention('1')]);
  connection.value = 'online';
  await vi.waitFor(() => expect(ids()).toEqual(['1']));
  server.isDown = true;
  await model.load();
  expect([model.failure.value, ids()]).toEqual(['No answer.', ['1']]);
  server.isDown = false;
  await model.load();
  expect(model.failure.value).toBeNull();
});
