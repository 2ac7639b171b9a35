import { signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Chat } from '@wzatco/sdk';
import { failureCode } from './failure-text.ts';
import { newerChat } from './inbox-rules.ts';

/** All chats that the console knows of, by id: the one place that every list and view reads. */
export interface ChatIndex {
  chats: ReadonlySignal<ReadonlyMap<string, Chat>>;
  put(chats: readonly Chat[]): void;
  /** Changes a known chat; one that is not known is left out. */
  patch(id: string, change: (chat: Chat) => Chat): void;
  drop(ids: readonly string[]): void;
  /** Fetches a chat's row; several calls at once are one request, with one more where something came meanwhile. */
  refresh(id: string): void;
  /** A moment to compare with `touchedSince`. */
  now(): number;
  /** Has an event or answer changed the chat after that moment? */
  touchedSince(id: string, moment: number): boolean;
  clear(): void;
}

export function createChatIndex(client: AgentClient): ChatIndex {
  const chats = signal<ReadonlyMap<string, Chat>>(new Map());
  const touched = new Map<string, number>();
  const fetching = new Map<string, { again: boolean }>();
  let clock = 0;

  const change = (edit: (next: Map<string, Chat>) => void) => {
    const next = new Map(chats.peek());
    edit(next);
    chats.value = next;
  };

  const put = (fresh: readonly Chat[]) =>
    change((next) => {
      for (const chat of fresh) {
        next.set(chat.id, newerChat(next.get(chat.id), chat));
        touched.set(chat.id, ++clock);
      }
    });

  const drop = (ids: readonly string[]) =>
    change((next) => {
      for (const id of ids) next.delete(id);
    });

  const fetchRow = async (id: string) => {
    const mine = { again: false };
    fetching.set(id, mine);
    try {
      put([await client.chats.get(id)]);
    } catch (error) {
      const code = failureCode(error);
      if (code === null) throw error;
      // Gone or out of reach now; any other failure is repaired by the reload after the reconnect.
      if (code === 'NOT_FOUND' || code === 'FORBIDDEN') drop([id]);
    } finally {
      fetching.delete(id);
    }
    if (mine.again) await fetchRow(id);
  };

  return {
    chats,
    put,
    drop,
    patch(id, edit) {
      const known = chats.peek().get(id);
      if (!known) return;
      touched.set(id, ++clock);
      change((next) => void next.set(id, edit(known)));
    },
    refresh(id) {
      const running = fetching.get(id);
      if (running) running.again = true;
      else void fetchRow(id);
    },
    now: () => clock,
    touchedSince: (id, moment) => (touched.get(id) ?? 0) > moment,
    clear() {
      touched.clear();
      chats.value = new Map();
    },
  };
}
