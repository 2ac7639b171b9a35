import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Chat } from '@wzatco/sdk';
import type { ChatIndex } from './chat-index.ts';
import { createChatPager, type ChatPager } from './chat-pager.ts';
import { belongs, countAsking, lastActivity, sortChats, type InboxView } from './inbox-rules.ts';

export type { Chat };

/** A view's rows and how complete they are. */
export interface InboxList {
  rows: Chat[];
  /** Nothing is known yet. */
  loading: boolean;
  loadingMore: boolean;
  more: boolean;
  failure: string | null;
}

/** How many chats a view has; `more` when only so many have been fetched. */
export interface InboxCount {
  count: number;
  more: boolean;
}

/** The lists of chats, kept live by the index's events and made whole again by `reload`. */
export interface InboxModel {
  list: ReadonlySignal<InboxList>;
  counts: ReadonlySignal<Record<Exclude<InboxView, 'closed'>, InboxCount>>;
  /** How many chats ask for this agent; what the page's title shows. */
  attention: ReadonlySignal<number>;
  /** Shows a view, or what it finds for `q`. */
  show(view: InboxView, q: string): void;
  loadMore(): void;
  /** Fetches again all that is shown, e.g. after the connection was lost. */
  reload(): void;
  clear(): void;
}

type Part = 'waiting' | 'active' | 'mine' | 'closed';
const PARTS: Record<InboxView, Part[]> = {
  open: ['waiting', 'active'],
  waiting: ['waiting'],
  mine: ['mine'],
  closed: ['closed'],
};

/**
 * @param me the id of the agent who is signed in, '' for nobody
 * @param mentioned the chats with notes that name this agent
 */
export function createInboxModel(
  client: AgentClient,
  index: ChatIndex,
  me: ReadonlySignal<string>,
  mentioned: ReadonlySignal<ReadonlySet<string>>,
): InboxModel {
  const shown = signal<{ view: InboxView; q: string }>({ view: 'open', q: '' });

  const partPager = (part: Part, q: string) => {
    const search = q === '' ? {} : { q };
    // What a search finds is only known to the server: nothing of it is ever dropped here.
    const holds = (view: InboxView) => (chat: Chat) => q === '' && belongs(chat, view, me.peek());
    switch (part) {
      case 'waiting':
        return createChatPager(client, index, { status: 'waiting', ...search }, holds('waiting'));
      case 'mine':
        return createChatPager(client, index, { status: 'active', assignee: 'me', ...search }, holds('mine'));
      case 'closed':
        return createChatPager(client, index, { status: 'closed', ...search }, holds('closed'));
      case 'active':
        return createChatPager(
          client,
          index,
          { status: 'active', ...search },
          (chat) => q === '' && chat.status === 'active',
        );
    }
  };

  const pagers: Record<Part, ChatPager> = {
    waiting: partPager('waiting', ''),
    active: partPager('active', ''),
    mine: partPager('mine', ''),
    closed: partPager('closed', ''),
  };
  const found = signal<ChatPager[]>([]);
  const current = computed(() =>
    shown.value.q === '' ? PARTS[shown.value.view].map((part) => pagers[part]) : found.value,
  );

  const list = computed((): InboxList => {
    const { view, q } = shown.value;
    const states = current.value.map((pager) => pager.state.value);
    const horizon = states.reduce(
      (last, state) => (state.cursor && state.horizon > last ? state.horizon : last),
      '',
    );
    const hits = q === '' ? null : new Set(states.flatMap(({ ids }) => ids));
    const rows = [...index.chats.value.values()].filter(
      (chat) =>
        belongs(chat, view, me.value) &&
        (hits ? hits.has(chat.id) : lastActivity(chat) >= horizon || view === 'waiting'),
    );
    const loaded = states.every((state) => state.loaded);
    return {
      rows: sortChats(rows, view),
      loading: !loaded && states.some((state) => state.loading || state.failure === null),
      loadingMore: loaded && states.some((state) => state.loading),
      more: states.some((state) => state.cursor !== null),
      failure: states.find((state) => state.failure !== null)?.failure ?? null,
    };
  });

  const countOf = (view: InboxView): InboxCount => ({
    count: [...index.chats.value.values()].filter((chat) => belongs(chat, view, me.value)).length,
    more: PARTS[view].some((part) => pagers[part].state.value.cursor !== null),
  });

  // Who waits longest stands first, so the queue is always read to its end.
  effect(() => {
    const { cursor, loading, failure } = pagers.waiting.state.value;
    if (cursor !== null && !loading && failure === null) void pagers.waiting.next();
  });

  return {
    list,
    counts: computed(() => ({ open: countOf('open'), waiting: countOf('waiting'), mine: countOf('mine') })),
    attention: computed(() => countAsking(index.chats.value.values(), mentioned.value, me.value)),
    show(view, q) {
      const before = shown.peek();
      if (before.view === view && before.q === q && current.peek().some((pager) => pager.state.peek().loaded))
        return;
      shown.value = { view, q };
      if (q === '') {
        for (const part of PARTS[view]) if (!pagers[part].state.peek().loaded) void pagers[part].reload();
        return;
      }
      found.value = PARTS[view].map((part) => partPager(part, q));
      for (const pager of found.peek()) void pager.reload();
    },
    loadMore() {
      for (const pager of current.peek()) void pager.next();
    },
    reload() {
      for (const part of ['waiting', 'active', 'mine'] as const) void pagers[part].reload();
      if (pagers.closed.state.peek().loaded || shown.peek().view === 'closed') void pagers.closed.reload();
      for (const pager of found.peek()) void pager.reload();
    },
    clear: () => index.clear(),
  };
}
