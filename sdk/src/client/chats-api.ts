import type { Chat, chatEndpoints } from '../contract/chats.ts';
import type { EndpointInput, EndpointReply, Page } from '../contract/endpoints.ts';
import type { messageEndpoints, MessageRevision } from '../contract/messages.ts';
import type { ChatMetric } from '../contract/metrics.ts';
import type { Note, noteEndpoints } from '../contract/notes.ts';
import type { RoutingDecision, routingEndpoints, Transfer } from '../contract/routing.ts';
import type { ChatStore } from './chat-store.ts';
import type { ListQuery } from './list-query.ts';

type Chats = typeof chatEndpoints;

/** To whom a chat goes: one of the two. */
export type TransferTarget = ({ agentId: string } | { department: string }) & { note?: string };
export type RoutingQuery = ListQuery<
  EndpointInput<(typeof routingEndpoints)['GET /api/chats/:id/routing']>['query']
>;

export type NoteQuery = ListQuery<EndpointInput<(typeof noteEndpoints)['GET /api/chats/:id/notes']>['query']>;
export type HistoryQuery = ListQuery<
  EndpointInput<(typeof messageEndpoints)['GET /api/chats/:id/messages/:messageId/history']>['query']
>;
export type ChatQuery = ListQuery<EndpointInput<Chats['GET /api/chats']>['query']>;
/** Who has a chat now. */
export type Assignment = EndpointReply<Chats['POST /api/chats/:id/assign']>;
/** How a chat ended. */
export type ChatEnd = EndpointReply<Chats['POST /api/chats/:id/close']>;

/** The chats that an agent may see. */
export interface ChatsApi {
  /**
   * One page of chats, last active first, to the minute.
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
   * Gives a chat to another agent, or back into the queue of a department; the note is for the agents. `CONFLICT` for an
   * agent who is offline.
   *
   * @example
   * await client.chats.transfer(chat.id, { department: 'Sales', note: 'Wants to buy ten.' });
   */
  transfer(id: string, to: TransferTarget): Promise<Transfer>;
  /**
   * What was decided about whom a chat goes to, and why; newest first.
   *
   * @example
   * const { items } = await client.chats.routing(chat.id);
   */
  routing(id: string, query?: RoutingQuery): Promise<Page<RoutingDecision>>;
  /**
   * Sets the priority of a chat, whoever has it.
   *
   * @example
   * await client.chats.setPriority(chat.id, 'urgent');
   */
  setPriority(id: string, priority: Chat['priority']): Promise<Chat>;
  /**
   * Sets all tags of a chat; they come back in lower case, each once.
   *
   * @example
   * await client.chats.setTags(chat.id, [...chat.tags, 'refund']);
   */
  setTags(id: string, tags: readonly string[]): Promise<Chat>;
  /**
   * One page of a chat's notes, newest first. Customers never see them.
   *
   * @example
   * const { items } = await client.chats.notes(chat.id);
   */
  notes(id: string, query?: NoteQuery): Promise<Page<Note>>;
  /**
   * Adds a note; colleagues whose ids it mentions hear `notification`. `VALIDATION_FAILED` where one of them may
   * not see the chat.
   *
   * @example
   * await client.chats.addNote(chat.id, { content: 'Can you look into this?', mentions: [bert.id] });
   */
  addNote(id: string, note: { content: string; mentions?: string[] }): Promise<Note>;
  /**
   * One page of what a message said before it was edited or deleted, oldest first unless said.
   *
   * @example
   * const { items, nextCursor } = await client.chats.messageHistory(chat.id, message.id, { order: 'newest' });
   */
  messageHistory(id: string, messageId: string, query?: HistoryQuery): Promise<Page<MessageRevision>>;
  /**
   * A chat in numbers, as it is now: how long the customer waited, who wrote how much.
   *
   * @example
   * const { waitTime, customerSatisfaction } = await client.chats.metrics(chat.id);
   */
  metrics(id: string): Promise<ChatMetric>;
  /**
   * Watches a chat live until `dispose()`. Each call is a store of its own.
   *
   * @example
   * const store = client.chats.open(chat.id);
   */
  open(id: string): ChatStore;
}
