import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, MessageRevision } from '@wzatco/sdk';
import { failureText } from './failure-text.ts';

export type { MessageRevision };

/** What a message said before it was edited or deleted. */
export interface HistoryModel {
  /** Newest first; null until they are known. */
  versions: ReadonlySignal<readonly MessageRevision[] | null>;
  /** There are older ones. */
  more: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  /** Fetches the newest again. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  /** Does again what failed. */
  retry(): Promise<void>;
}

/** @example const history = createHistoryModel(client.chats, chatId, message.id); await history.load(); */
export function createHistoryModel(
  chats: Pick<AgentClient['chats'], 'messageHistory'>,
  chatId: string,
  messageId: string,
): HistoryModel {
  const versions = signal<readonly MessageRevision[] | null>(null);
  const cursor = signal<string | null>(null);
  const more = computed(() => cursor.value !== null);
  const failure = signal<string | null>(null);
  let run = 0;
  let last: string | null = null;

  const fetchFrom = async (from: string | null) => {
    const mine = ++run;
    last = from;
    failure.value = null;
    try {
      const query = { order: 'newest' as const, ...(from !== null && { cursor: from }) };
      const { items, nextCursor } = await chats.messageHistory(chatId, messageId, query);
      // One that was asked for later is newer.
      if (mine !== run) return;
      versions.value = from === null ? items : [...(versions.peek() ?? []), ...items];
      cursor.value = nextCursor;
    } catch (error) {
      if (mine === run) failure.value = failureText(error);
    }
  };
  return {
    versions,
    more,
    failure,
    load: () => fetchFrom(null),
    loadMore: () => fetchFrom(cursor.peek()),
    retry: () => fetchFrom(last),
  };
}
