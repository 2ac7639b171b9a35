import type { EndpointReply, chatEndpoints } from '@wzatco/sdk/contract';
import type { QueryFilter } from 'mongoose';
import type { Context } from '../../lib/context.ts';
import { activityTime } from './activity-time.ts';
import { checkMember, loadChat, stillMember } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
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
  if (chat.status === 'closed') return toChatEnd(chat);
  const closedBy = context.actor.kind === 'visitor' ? ('customer' as const) : ('agent' as const);
  const seen = { _id: chat._id, status: chat.status, ...stillMember(context.actor) };
  const closed = await close(needs, chat, closedBy, seen);
  // It was claimed, given away or ended in between: what may be done now is another question.
  return closed ? toChatEnd(closed) : closeChat(needs, context, chatId);
}

/** Ends a chat that nobody looks after any more. Null where it is no longer as `seen`. */
export function closeBySystem(
  needs: ChatNeeds,
  chat: ChatRecord,
  seen: QueryFilter<ChatRecord>,
): Promise<ChatRecord | null> {
  return close(needs, chat, 'system', seen);
}

async function close(
  { chats, now, bus }: ChatNeeds,
  chat: ChatRecord,
  closedBy: ChatEnd['closedBy'],
  seen: QueryFilter<ChatRecord>,
): Promise<ChatRecord | null> {
  const at = now();
  const closed = await chats
    .findOneAndUpdate(
      seen,
      {
        $set: {
          status: 'closed',
          closedBy,
          closedAt: at,
          lastActivityAt: activityTime(at),
          measureDue: true,
        },
        $unset: { openKey: '', idleSince: '', idleWarnedAt: '' },
        $inc: { lastRev: 1 },
      },
      { returnDocument: 'after' },
    )
    .lean();
  if (closed) bus.publish('chat.closed', { chat: closed, wasWaiting: chat.status === 'waiting' });
  return closed;
}

/** An end as it is told. */
export function toChatEnd({ _id, closedAt, closedBy, status, lastRev, updatedAt }: ChatRecord): ChatEnd {
  return {
    chatId: String(_id),
    closedAt: (closedAt ?? updatedAt).toISOString(),
    closedBy: closedBy ?? 'system',
    status,
    rev: lastRev,
  };
}
