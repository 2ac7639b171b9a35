import type { TranscriptFormat } from '../contract/constants.ts';
import type { Readable } from '../lib/readable.ts';
import type { ChatState } from './chat-state.ts';

/**
 * One chat: its state to watch, and what can be done in it.
 *
 * @example
 * const store = agent.chats.open(chatId);
 * const stop = store.state.subscribe((state) => render(state));
 * store.send('Hello, how can I help?');
 * stop();
 * store.dispose();
 */
export interface ChatStore {
  /** The chat's id; `pending:…` as long as the server has not heard of the chat (see `openChat`). */
  readonly id: string;
  readonly state: Readable<ChatState>;
  /**
   * Puts a file into the composer. It begins to go out at once, is in `state.attached` with its progress, survives a
   * reload, and goes with the next `send`. `VALIDATION_FAILED` for more than five.
   *
   * @returns its key
   * @example
   * for (const file of input.files) store.attach(file);
   */
  attach(file: Blob, name?: string): string;
  /**
   * Takes a file out of the composer again.
   *
   * @example
   * store.detach(attachment.key);
   */
  detach(key: string): void;
  /**
   * Tries a refused file again (`attachment.error`).
   *
   * @example
   * if (attachment.error?.code === 'UNAVAILABLE') store.retryAttachment(attachment.key);
   */
  retryAttachment(key: string): void;
  /**
   * Sends a message with what is in `state.attached`: it is in `state.messages` at once as `sending`, kept over reloads and tried until the
   * server has stored it or refused it (`failed`). White space alone is refused by a `ClientError`
   * where nothing is attached.
   *
   * @returns the `clientMessageId`
   * @example
   * const key = store.send('Hello');
   */
  send(text: string): string;
  /**
   * Tries a failed message again, under the same `clientMessageId`.
   *
   * @example
   * if (message.state === 'failed') store.retry(message.key);
   */
  retry(clientMessageId: string): void;
  /**
   * Throws an unsent message away: the only way one is ever lost.
   *
   * @example
   * if (message.state === 'failed') store.discard(message.key);
   */
  discard(clientMessageId: string): void;
  /**
   * Replaces what one's own message says, within 15 minutes of sending it (`FORBIDDEN` later).
   *
   * @param messageId its `id`, not its `key`: the server must have it
   * @example
   * await store.edit(message.id, 'What I meant');
   */
  edit(messageId: string, text: string): Promise<void>;
  /**
   * Empties one's own message for everybody, within 15 minutes of sending it; it keeps its place.
   *
   * @example
   * await store.remove(message.id);
   */
  remove(messageId: string): Promise<void>;
  /**
   * Says that one writes (call it on each key) or has stopped; sent at most once per 500 ms.
   *
   * @example
   * textarea.addEventListener('input', () => store.setTyping(textarea.value !== ''));
   */
  setTyping(isTyping: boolean): void;
  /**
   * All messages that are here have been seen. Cheap to call often; an agent who does not have the chat
   * marks nothing.
   *
   * @example
   * if (document.hasFocus()) store.markRead();
   */
  markRead(): void;
  /**
   * Fetches the 50 messages before the oldest one here; nothing where there is none.
   *
   * @example
   * if (list.scrollTop === 0 && store.state.get().hasOlder) await store.loadOlder();
   */
  loadOlder(): Promise<void>;
  /**
   * Ends the chat. `FORBIDDEN` for an agent who does not have it.
   *
   * @example
   * await store.close();
   */
  close(): Promise<void>;
  /**
   * Rates the chat; customers only (`FORBIDDEN` otherwise).
   *
   * @example
   * await store.rate(5, 'Quick and kind');
   */
  rate(rating: 1 | 2 | 3 | 4 | 5, comment?: string): Promise<void>;
  /**
   * The whole chat as a file, without notes; times in the device's time zone.
   *
   * @example
   * const file = await store.transcript('html');
   */
  transcript(format?: TranscriptFormat): Promise<Blob>;
  /**
   * Stops watching. What is in the outbox still goes out.
   *
   * @example
   * onUnmount(() => store.dispose());
   */
  dispose(): void;
}
