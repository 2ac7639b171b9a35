import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, ConnectionState, Notification, ReadNotifications } from '@wzatco/sdk';
import type { AlertsModel } from './alerts-model.ts';
import { failureText } from './failure-text.ts';

export type { Notification };

/** What concerns this agent, kept by the server until it is read, and for some time after. */
export interface NotificationsModel {
  /** Newest first; null until they are known. */
  items: ReadonlySignal<readonly Notification[] | null>;
  unread: ReadonlySignal<number>;
  more: ReadonlySignal<boolean>;
  /** Why they, or the older ones, are not known; null otherwise. */
  failure: ReadonlySignal<string | null>;
  /** Fetches the newest again. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  markRead(which: ReadNotifications): Promise<void>;
}

/** What the server tells when they have changed. */
type Told = 'notification' | 'notifications_read';

interface NotificationsInput {
  client: Pick<AgentClient, 'notifications'> & { on(event: Told, listener: () => void): () => void };
  alerts: Pick<AlertsModel, 'tell'>;
  connection: ReadonlySignal<ConnectionState>;
  /** The id of the agent who is signed in, '' for nobody. */
  me: ReadonlySignal<string>;
}

/** Reads them when somebody signs in, when the connection comes back, and whenever the server says that they changed. */
export function createNotificationsModel({
  client,
  alerts,
  connection,
  me,
}: NotificationsInput): NotificationsModel {
  const items = signal<readonly Notification[] | null>(null);
  const unread = signal(0);
  const cursor = signal<string | null>(null);
  const failure = signal<string | null>(null);
  let run = 0;

  const fetchFrom = async (from: string | null) => {
    const mine = ++run;
    try {
      const [page, count] = await Promise.all([
        client.notifications.list(from === null ? {} : { cursor: from }),
        client.notifications.unread(),
      ]);
      // Asked for again meanwhile, or by another who has signed in: that answer is the newer one.
      if (mine !== run) return;
      items.value = from === null ? page.items : [...(items.peek() ?? []), ...page.items];
      cursor.value = page.nextCursor;
      unread.value = count;
      failure.value = null;
    } catch (error) {
      if (mine === run) failure.value = failureText(error);
    }
  };
  const load = () => fetchFrom(null);

  effect(() => {
    if (me.value === '') {
      // Whoever sits here next is another.
      run += 1;
      items.value = null;
      cursor.value = null;
      unread.value = 0;
      failure.value = null;
    } else if (connection.value === 'online') void load();
  });
  client.on('notification', () => void load());
  client.on('notifications_read', () => void load());

  return {
    items,
    unread,
    more: computed(() => cursor.value !== null),
    failure,
    load,
    loadMore: () => fetchFrom(cursor.peek()),
    async markRead(which) {
      const at = new Date().toISOString();
      items.value =
        items
          .peek()
          ?.map((each) => (each.readAt === null && fits(each, which) ? { ...each, readAt: at } : each)) ??
        null;
      try {
        unread.value = await client.notifications.markRead(which);
      } catch (error) {
        alerts.tell({ tone: 'bad', title: 'Not marked as read', detail: failureText(error) });
      }
    },
  };
}

function fits({ id, chatId }: Notification, which: ReadNotifications): boolean {
  if ('ids' in which) return which.ids.includes(id);
  return 'all' in which || which.chatId === chatId;
}
