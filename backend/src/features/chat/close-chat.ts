import type { EndpointReply, chatEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import type { Context } from '../../lib/context.ts';
import { checkMember, loadChat } from './chat-access.ts';
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
  const closedBy = context.actor.kind === 'visitor' ? ('customer' as const) : ('agent' as const);
  const at = needs.now();
  const closed = await needs.chats
    .findOneAndUpdate(
      { _id: chat._id, status: trusted({ $ne: 'closed' }) },
      {
        $set: { status: 'closed', closedBy, closedAt: at, lastActivityAt: at },
        $unset: { openKey: '' },
        $inc: { lastRev: 1 },
      },
      { returnDocument: 'after' },
    )
    .lean();
  if (closed) needs.bus.publish('chat.closed', { chat: closed, wasWaiting: chat.status === 'waiting' });
  const ended = closed ?? (await loadChat(needs, context.actor, chatId));
  return { chatId, closedBy: ended.closedBy ?? closedBy, status: ended.status };
}
