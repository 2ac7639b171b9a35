import { signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Chat, ChatQuery } from '@wzatco/sdk';
import type { ChatIndex } from './chat-index.ts';
import { failureText } from './failure-text.ts';
import { lastActivity } from './inbox-rules.ts';

const PAGE = 50;

/** How far one list of the server has been read. */
export interface PagerState {
  loaded: boolean;
  loading: boolean;
  failure: string | null;
  /** Where the next page begins; null when all is here. */
  cursor: string | null;
  /** The oldest activity that has been fetched: what lies before it is not complete. */
  horizon: string;
  ids: readonly string[];
}

/** One query of the server, page by page into the index. */
export interface ChatPager {
  state: ReadonlySignal<PagerState>;
  /** The first page again. Answers false where it failed or was overtaken. */
  reload(): Promise<boolean>;
  next(): Promise<void>;
}

/**
 * @param query what the server is asked
 * @param holds which known chats should be in the answer: those that are not, though nothing touched them since,
 *   have left while nobody listened, and are dropped
 */
export function createChatPager(
  client: AgentClient,
  index: ChatIndex,
  query: ChatQuery,
  holds: (chat: Chat) => boolean,
): ChatPager {
  const empty: PagerState = {
    loaded: false,
    loading: false,
    failure: null,
    cursor: null,
    horizon: '',
    ids: [],
  };
  const state = signal(empty);
  let run = 0;

  const fetchPage = async (cursor: string | null): Promise<boolean> => {
    const mine = ++run;
    const begun = index.now();
    state.value = { ...state.peek(), loading: true, failure: null };
    try {
      const page = await client.chats.list({ ...query, limit: PAGE, ...(cursor !== null && { cursor }) });
      if (mine !== run) return false;
      const before = cursor === null ? empty : state.peek();
      const oldest = page.items.map(lastActivity).sort()[0] ?? '';
      const horizon = before.horizon !== '' && before.horizon < oldest ? before.horizon : oldest;
      const ids = [...new Set([...before.ids, ...page.items.map(({ id }) => id)])];
      if (cursor === null) {
        const here = new Set(ids);
        const left = [...index.chats.peek().values()].filter(
          (chat) =>
            holds(chat) &&
            !here.has(chat.id) &&
            !index.touchedSince(chat.id, begun) &&
            (page.nextCursor === null || lastActivity(chat) >= horizon),
        );
        if (left.length > 0) index.drop(left.map(({ id }) => id));
      }
      index.put(page.items);
      state.value = { loaded: true, loading: false, failure: null, cursor: page.nextCursor, horizon, ids };
      return true;
    } catch (error) {
      if (mine === run) state.value = { ...state.peek(), loading: false, failure: failureText(error) };
      return false;
    }
  };

  return {
    state,
    reload: () => fetchPage(null),
    async next() {
      const { loading, cursor } = state.peek();
      if (!loading && cursor !== null) await fetchPage(cursor);
    },
  };
}
