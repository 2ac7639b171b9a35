import { trusted } from 'mongoose';
import type { Context } from '../../lib/context.ts';
import { checkMember, loadChat, stillMember } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import './chat-events.ts';

/**
 * Moves one side's read position forward, up to `seq` or to the last message; never backward.
 *
 * @returns The position as it is now.
 * @throws NOT_FOUND, FORBIDDEN for who has not claimed it.
 */
export async function markRead(
  needs: ChatNeeds,
  context: Context,
  input: { chatId: string; seq?: number | undefined },
): Promise<{ chatId: string; seq: number }> {
  const side = context.actor.kind === 'visitor' ? 'customer' : 'agent';
  const chat = await loadChat(needs, context.actor, input.chatId);
  checkMember(context.actor, chat);
  const field = side === 'customer' ? 'readByCustomer' : 'readByAgent';
  const seq = Math.min(input.seq ?? chat.lastSeq, chat.lastSeq);
  const moved = await needs.chats
    .findOneAndUpdate(
      { _id: chat._id, [field]: trusted({ $lt: seq }), ...stillMember(context.actor) },
      { $set: { [field]: seq }, $inc: { lastRev: 1 } },
      { returnDocument: 'after' },
    )
    .lean();
  if (moved) {
    needs.bus.publish('chat.read', { chat: moved, readBy: side, seq });
    return { chatId: input.chatId, seq };
  }
  // Read that far before, or given to somebody else since the check.
  const current = await loadChat(needs, context.actor, input.chatId);
  checkMember(context.actor, current);
  return { chatId: input.chatId, seq: current[field] };
}
