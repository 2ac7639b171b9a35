import type { VisitorSession, WidgetConfig } from '../contract/widget.ts';
import type { Readable } from '../lib/readable.ts';
import type { AttachmentsApi } from './attachments-api.ts';
import type { ChatStore } from './chat-store.ts';
import type { ConnectionState } from './connection-state.ts';
import type { OpenChatInput } from './open-chat-input.ts';
import type { ListenToServer } from './server-events.ts';

export interface VisitorClientOptions {
  /** Where WZATCO is, e.g. `https://support.example.com`. */
  server: string;
  /** The site's public key. */
  site: string;
  /** A JWT that the site's own backend signed: who this is. */
  identity?: string;
  /** Where the visitor token and unsent messages are kept; `local` unless said. */
  storage?: 'local' | 'memory';
}

/** The customer's side of WZATCO. */
export interface VisitorClient {
  readonly connection: Readable<ConnectionState>;
  readonly session: Readable<VisitorSession | null>;
  /** The customer's current chat: the open one, else the last one, else null. */
  readonly chat: Readable<ChatStore | null>;
  /**
   * Is there a visitor token from before? A launcher asks, to connect without being opened.
   *
   * @example
   * if (client.hasStoredVisitor()) await client.start();
   */
  hasStoredVisitor(): boolean;
  /**
   * What a page needs to draw the widget. `NOT_FOUND` for an unknown site.
   *
   * @example
   * const { theme, texts, preChatForm } = await client.config();
   */
  config(): Promise<WidgetConfig>;
  /**
   * Gets or renews the visitor token, loads the open (or last) chat and connects. Calling it again answers the
   * same promise; after a failure it tries again.
   *
   * @example
   * await client.start();
   * client.chat.get()?.send('I am back');
   */
  start(): Promise<VisitorSession>;
  /**
   * Opens a chat with its first message (starting the client where it is not). Resolves when the server has it;
   * where the server cannot be reached soon, with a store whose id is `pending:…` and whose message is `sending`:
   * it goes out as soon as it can, reload or not. Rejects where the server refuses (then nothing is kept). A pending one
   * that is refused later (nobody is there, and no address is known) is a `failed` message: `replaces` sets it right.
   *
   * @example
   * const chat = await client.openChat({ name: 'Ada', email: 'ada@example.com', message: 'My order is late.' });
   */
  openChat(input: OpenChatInput): Promise<ChatStore>;
  /** What was attached to messages. */
  readonly attachments: AttachmentsApi;
  /**
   * Forgets the visitor on this device, with everything that they left unsent.
   *
   * @example
   * await client.logout();
   */
  logout(): Promise<void>;
  /**
   * Listens to an event of the server.
   *
   * @example
   * const off = client.on('new_message', (message) => console.log(message.content));
   */
  on: ListenToServer;
  /**
   * Leaves no timer, listener or socket. What is unsent stays kept; `start()` begins again.
   *
   * @example
   * onUnmount(() => client.stop());
   */
  stop(): void;
}
