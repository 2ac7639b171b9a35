import type { PresenceStatus } from '../contract/constants.ts';
import type { InboxSync } from '../contract/chats.ts';
import type { SessionUser } from '../contract/auth.ts';
import type { Transfer } from '../contract/routing.ts';
import type { Readable } from '../lib/readable.ts';
import type { Offer } from './agent-offers.ts';
import type { AttachmentsApi } from './attachments-api.ts';
import type { AuthApi } from './auth-api.ts';
import type { ChatsApi } from './chats-api.ts';
import type { ConnectionState } from './connection-state.ts';
import type { DepartmentsApi } from './departments-api.ts';
import type { NotificationsApi } from './notifications-api.ts';
import type { ListenToServer } from './server-events.ts';
import type { SitesApi } from './sites-api.ts';
import type { UsersApi } from './users-api.ts';

export interface AgentClientOptions {
  /** Where WZATCO is, e.g. `https://support.example.com`. */
  server: string;
  /** Where unsent messages are kept; `local` unless said. Tokens are in memory only. */
  storage?: 'local' | 'memory';
}

/** `unknown` until `start()` has asked; `expired`: it ended while in use, so ask for the password and keep drafts. */
export interface AgentSession {
  status: 'unknown' | 'signed-out' | 'signed-in' | 'expired';
  user: SessionUser | null;
}

/** The staff's side of WZATCO. */
export interface AgentClient {
  readonly connection: Readable<ConnectionState>;
  readonly session: Readable<AgentSession>;
  /** One's own presence as the server knows it. */
  readonly presence: Readable<PresenceStatus>;
  /**
   * Takes up the cookie's session and connects; `signed-out` when there is none. Rejects with `OFFLINE` where no
   * server answers: the session stays `unknown`, call it again.
   *
   * @example
   * await client.start();
   * if (client.session.get().status === 'signed-out') showLogin();
   */
  start(): Promise<void>;
  /**
   * Sets one's own presence.
   *
   * @example
   * await client.setPresence('online');
   */
  setPresence(status: PresenceStatus): Promise<void>;
  /**
   * The waiting chats that are offered to this agent, oldest first.
   *
   * @example
   * client.offers.subscribe((offers) => showOffers(offers));
   */
  readonly offers: Readable<readonly Offer[]>;
  /**
   * Takes an offered chat. `CONFLICT` where it is not offered any more.
   *
   * @example
   * await client.acceptOffer(offer.chatId);
   */
  acceptOffer(chatId: string): Promise<Transfer>;
  /**
   * Leaves an offered chat to others.
   *
   * @example
   * await client.declineOffer(offer.chatId);
   */
  declineOffer(chatId: string): Promise<void>;
  /**
   * The chats in which somebody wrote or which were opened, assigned, transferred or ended since the last answer's `since`
   * or since a moment (ISO 8601, UTC), longest ago first, 100 at a time; without one, all that are open. For programs that
   * were away. Rows of the last minutes may come again; a chat that went out of sight does not come, and `chats.get` says
   * `NOT_FOUND`. Rejects with `OFFLINE` while there is no connection.
   *
   * @example
   * let page = await client.syncInbox(since);
   * for (; ; page = await client.syncInbox(page.since)) {
   *   for (const chat of page.chats) update(chat);
   *   if (!page.hasMore) break;
   * }
   * since = page.since;
   */
  syncInbox(since?: string): Promise<InboxSync>;
  readonly auth: AuthApi;
  readonly users: UsersApi;
  readonly departments: DepartmentsApi;
  readonly sites: SitesApi;
  readonly chats: ChatsApi;
  /** What concerns this agent, e.g. that a note names them. */
  readonly notifications: NotificationsApi;
  /** What was attached to messages. */
  readonly attachments: AttachmentsApi;
  /**
   * Listens to an event of the server.
   *
   * @example
   * const off = client.on('new_chat', (chat) => notify(chat.customerName, chat.message));
   */
  on: ListenToServer;
  /**
   * Leaves no timer, listener or socket. What is unsent stays kept; `start()` begins again.
   *
   * @example
   * process.on('SIGTERM', () => client.stop());
   */
  stop(): void;
}
