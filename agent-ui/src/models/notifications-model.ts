import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type {
  AgentClient,
  ConnectionState,
  Notification,
  ReadNotifications,
  UnreadNotifications,
  WhichNotifications,
} from '@wzatco/sdk';
import type { AlertsModel } from './alerts-model.ts';
import { failureText } from './failure-text.ts';

export type { Notification };

/** What concerns this agent, kept by the server until it is read, and for some time after. */
export interface NotificationsModel {
  /** Newest first, as far as they were fetched; null until they are known. */
  items: ReadonlySignal<readonly Notification[] | null>;
  /** How many are unread, fetched or not. */
  unread: ReadonlySignal<number>;
  /** The chats that those are about. */
  unreadChats: ReadonlySignal<ReadonlySet<string>>;
  more: ReadonlySignal<boolean>;
  /** Why they, or the older ones, are not known; null otherwise. */
  failure: ReadonlySignal<string | null>;
  /** Fetches the newest again; several calls at once are one request, with one more where something came meanwhile. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  markRead(which: ReadNotifications): Promise<void>;
}

interface NotificationsInput {
  client: Pick<AgentClient, 'notifications' | 'on'>;
  alerts: Pick<AlertsModel, 'tell'>;
  connection: ReadonlySignal<ConnectionState>;
  /** The id of the agent who is signed in, '' for nobody. */
  me: ReadonlySignal<string>;
}

/** As much of the server's list as was fetched. */
interface List {
  items: readonly Notification[];
  /** Where the next page begins; null when all is here. */
  nextCursor: string | null;
}

/** What the server has told. */
interface Told extends List, UnreadNotifications {}

/** Fetches them when somebody signs in, when the connection comes back, and whenever the server tells of a new one. */
export function createNotificationsModel({
  client,
  alerts,
  connection,
  me,
}: NotificationsInput): NotificationsModel {
  const told = signal<Told | null>(null);
  const failure = signal<string | null>(null);
  /** What the server is being asked to mark: it is shown as read meanwhile. */
  const reading = signal<readonly ReadNotifications[]>([]);
  let loading: Promise<void> | null = null;
  let again = false;
  let hasGap = false;

  /** Uses an answer, unless whoever asked has left meanwhile. */
  const take = async <Answer>(request: Promise<Answer>, use: (answer: Answer) => void) => {
    const asker = me.peek();
    try {
      const answer = await request;
      if (asker !== me.peek()) return;
      use(answer);
      failure.value = null;
    } catch (error) {
      if (asker === me.peek()) failure.value = failureText(error);
    }
  };
  const loadNewest = async (): Promise<void> => {
    again = false;
    const request = Promise.all([client.notifications.list(), client.notifications.unread()]);
    await take(request, ([page, unread]) => {
      told.value = { ...withNewest(hasGap ? null : told.peek(), page), ...unread };
      hasGap = false;
    });
    if (again) return loadNewest();
    loading = null;
  };
  const load = () => {
    again = true;
    loading ??= loadNewest();
    return loading;
  };
  const apply = (which: WhichNotifications, left: UnreadNotifications) => {
    const known = told.peek();
    if (known) told.value = { ...known, ...left, items: asRead(known.items, which) };
    // An answer that is under way may be older.
    again = true;
  };

  effect(() => {
    if (me.value === '') {
      again = false;
      told.value = null;
      reading.value = [];
      failure.value = null;
    } else if (connection.value === 'online') {
      // What was read meanwhile, of older pages too, was told to nobody.
      hasGap = true;
      void load();
    }
  });
  client.on('notification', () => void load());
  client.on('notifications_read', ({ which, ...left }) => apply(which, left));

  return {
    items: computed(() => told.value && reading.value.reduce(asRead, told.value.items)),
    unread: computed(() => told.value?.unread ?? 0),
    unreadChats: computed(() => new Set(told.value?.chatIds)),
    more: computed(() => (told.value?.nextCursor ?? null) !== null),
    failure,
    load,
    async loadMore() {
      const cursor = told.peek()?.nextCursor;
      if (typeof cursor !== 'string') return;
      await take(client.notifications.list({ cursor }), ({ items, nextCursor }) => {
        const known = told.peek();
        // Otherwise these are here already, or the list has begun anew.
        if (known?.nextCursor === cursor)
          told.value = { ...known, items: [...known.items, ...items], nextCursor };
      });
    },
    async markRead(which) {
      const asker = me.peek();
      reading.value = [...reading.peek(), which];
      try {
        const left = await client.notifications.markRead(which);
        if (asker === me.peek()) apply(which, left);
      } catch (error) {
        alerts.tell({ tone: 'bad', title: 'Not marked as read', detail: failureText(error) });
      } finally {
        reading.value = reading.peek().filter((each) => each !== which);
      }
    },
  };
}

/** The newest page before what was known behind it; alone, where it does not reach that. */
function withNewest(known: List | null, page: List): List {
  const last = page.items.at(-1)?.id;
  const at = known?.items.findIndex(({ id }) => id === last) ?? -1;
  if (!known || at < 0 || page.nextCursor === null) return page;
  return { items: [...page.items, ...known.items.slice(at + 1)], nextCursor: known.nextCursor };
}

function asRead(items: readonly Notification[], which: WhichNotifications): readonly Notification[] {
  const readAt = new Date().toISOString();
  return items.map((each) => (each.readAt === null && fits(each, which) ? { ...each, readAt } : each));
}

function fits({ id, chatId }: Notification, which: WhichNotifications): boolean {
  return which.all === true || which.chatId === chatId || which.ids?.includes(id) === true;
}
