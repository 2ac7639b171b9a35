import { signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, MessageRevision } from '@wzatco/sdk';
import { failureText } from './failure-text.ts';

export type { MessageRevision };

/** What a message said before it was edited or deleted. */
export interface HistoryModel {
  /** Newest first; null until they are known. */
  versions: ReadonlySignal<readonly MessageRevision[] | null>;
  /** There were newer ones than are shown: the server gives the first ones first. */
  more: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  load(): Promise<void>;
}

/** @example const history = createHistoryModel(client.chats, chatId, message.id); await history.load(); */
export function createHistoryModel(
  chats: Pick<AgentClient['chats'], 'messageHistory'>,
  chatId: string,
  messageId: string,
): HistoryModel {
  const versions = signal<readonly MessageRevision[] | null>(null);
  const more = signal(false);
  const failure = signal<string | null>(null);
  return {
    versions,
    more,
    failure,
    async load() {
      failure.value = null;
      try {
        const { items, nextCursor } = await chats.messageHistory(chatId, messageId);
        versions.value = newestFirst(items);
        more.value = nextCursor !== null;
      } catch (error) {
        failure.value = failureText(error);
      }
    },
  };
}

/** Versions in the order in which they are looked for; `rev` grows with each change, whatever the clocks say. */
export function newestFirst(versions: readonly MessageRevision[]): MessageRevision[] {
  return versions.toSorted((a, b) => b.rev - a.rev);
}
