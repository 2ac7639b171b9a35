import type { Chat } from '@wzatco/sdk';

export const INBOX_VIEWS = ['open', 'waiting', 'mine', 'closed'] as const;
/** Which chats the list shows. */
export type InboxView = (typeof INBOX_VIEWS)[number];

/** Does a chat belong into a view of the agent `me`? */
export function belongs(chat: Chat, view: InboxView, me: string): boolean {
  switch (view) {
    case 'waiting':
      return chat.status === 'waiting';
    case 'mine':
      return chat.status === 'active' && chat.agent?.id === me;
    case 'open':
      return chat.status !== 'closed';
    case 'closed':
      return chat.status === 'closed';
  }
}

/** When something last happened in a chat (ISO 8601 in UTC, so it compares as text). */
export function lastActivity(chat: Chat): string {
  let latest = chat.createdAt;
  for (const moment of [chat.lastMessage?.timestamp, chat.assignedAt, chat.closedAt]) {
    if (moment && moment > latest) latest = moment;
  }
  return latest;
}

/** The order of a view: the queue as it is served, who waits longest first; elsewhere what changed last. */
export function sortChats(chats: readonly Chat[], view: InboxView): Chat[] {
  const byTime =
    view === 'waiting'
      ? (a: Chat, b: Chat) => compare(a.queuedAt, b.queuedAt)
      : (a: Chat, b: Chat) => compare(lastActivity(b), lastActivity(a));
  return [...chats].sort((a, b) => byTime(a, b) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Of two states of the same chat the newer one: an answer that was under way never undoes an event. */
export function newerChat(known: Chat | undefined, fresh: Chat): Chat {
  return known && known.lastRev > fresh.lastRev ? known : fresh;
}

/** How many messages of the customer the agents' side has not read; 0 for a closed chat. */
export function unreadCount(chat: Chat): number {
  if (chat.status === 'closed' || chat.lastMessage?.sender !== 'customer') return 0;
  return Math.max(0, chat.lastSeq - chat.read.agent);
}

/** Does a chat wait for this agent's answer: it waits for anybody, or is theirs and has something unread? */
export function needsMe(chat: Chat, me: string): boolean {
  return chat.status === 'waiting' || (chat.agent?.id === me && unreadCount(chat) > 0);
}

/**
 * How many chats ask for this agent: for an answer, or since a note names them. One that does both counts once.
 *
 * @param mentioned the chats with such notes
 */
export function countAsking(chats: Iterable<Chat>, mentioned: ReadonlySet<string>, me: string): number {
  return [...chats].filter(
    (chat) => needsMe(chat, me) || (mentioned.has(chat.id) && chat.status !== 'closed'),
  ).length;
}
