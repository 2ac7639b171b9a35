import type { Chat, chatEndpoints } from '../contract/chats.ts';
import type { EndpointInput, EndpointReply, Page } from '../contract/endpoints.ts';
import type { ChatStore } from './chat-store.ts';
import type { ListQuery } from './list-query.ts';

type Chats = typeof chatEndpoints;

export type ChatQuery = ListQuery<EndpointInput<Chats['GET /api/chats']>['query']>;
/** Who has a chat now. */
export type Assignment = EndpointReply<Chats['POST /api/chats/:id/assign']>;
/** How a chat ended. */
export type ChatEnd = EndpointReply<Chats['POST /api/chats/:id/close']>;

/** The chats that an agent may see. */
export interface ChatsApi {
  /**
   * One page of chats, last changed first.
   *
   * @example
   * const { items, nextCursor } = await client.chats.list({ status: 'waiting', assignee: 'none' });
   */
  list(query?: ChatQuery): Promise<Page<Chat>>;
  /**
   * One chat without its messages. `NOT_FOUND` where the agent may not see it.
   *
   * @example
   * const { customer } = await client.chats.get(id);
   */
  get(id: string): Promise<Chat>;
  /**
   * Claims a waiting chat; an admin may give it to `agentId`. `CONFLICT` where another was first.
   *
   * @example
   * await client.chats.assign(chat.id);
   */
  assign(id: string, agentId?: string): Promise<Assignment>;
  /**
   * Ends a chat. `FORBIDDEN` for an agent who does not have it.
   *
   * @example
   * await client.chats.close(chat.id);
   */
  close(id: string): Promise<ChatEnd>;
  /**
   * Watches a chat live until `dispose()`. Each call is a store of its own.
   *
   * @example
   * const store = client.chats.open(chat.id);
   */
  open(id: string): ChatStore;
}
