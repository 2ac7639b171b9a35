import type { EndpointReply, chatEndpoints } from '@wzatco/sdk/contract';
import type { Context } from '../../lib/context.ts';
import { checkMember, loadChat, stillMember } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import './chat-events.ts';

type ChatEnd = EndpointReply<(typeof chatEndpoints)['POST /api/chats/:id/close']>;

/**
 * Ends a chat, by its customer, its assignee or an admin. Ending it again changes nothing.
 *
 * @throws NOT_FOUND, FORBIDDEN.
 */
export async function closeChat(needs: ChatNeeds, context: Context, chatId: string): Promise<ChatEnd> {
  const chat = await loadChat(needs, context.actor, chatId);
  checkMember(context.actor, chat);
  if (chat.status === 'closed') return { chatId, closedBy: chat.closedBy ?? 'system', status: chat.status };
  const closedBy = context.actor.kind === 'visitor' ? ('customer' as const) : ('agent' as const);
  const at = needs.now();
  const closed = await needs.chats
    .findOneAndUpdate(
      { _id: chat._id, status: chat.status, ...stillMember(context.actor) },
      {
        $set: { status: 'closed', closedBy, closedAt: at, lastActivityAt: at },
        $unset: { openKey: '' },
        $inc: { lastRev: 1 },
      },
      { returnDocument: 'after' },
    )
    .lean();
  // It was claimed, given away or ended in between: what may be done now is another question.
  if (!closed) return closeChat(needs, context, chatId);
  needs.bus.publish('chat.closed', { chat: closed, wasWaiting: chat.status === 'waiting' });
  return { chatId, closedBy, status: closed.status };
}
