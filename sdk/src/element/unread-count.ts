import type { ChatState } from '../client/index.ts';

/** How many messages of the other side the customer has not read yet. */
export function unreadCount(state: Pick<ChatState, 'messages' | 'read'>): number {
  return state.messages.filter(
    ({ mine, sender, seq, deletedAt }) =>
      !mine && sender !== 'system' && deletedAt === null && seq !== null && seq > state.read.customer,
  ).length;
}
