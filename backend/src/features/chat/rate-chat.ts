import { AppError, notFound } from '../../lib/app-error.ts';
import type { Context } from '../../lib/context.ts';
import { loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import './chat-events.ts';

/** A rating is taken until 30 days after the chat's end, in milliseconds. */
const RATING_TIME = 30 * 24 * 60 * 60 * 1000;

/**
 * The customer's rating, 1 to 5; a later one replaces it.
 *
 * @throws NOT_FOUND, CHAT_CLOSED when it comes too late.
 */
export async function rateChat(
  needs: ChatNeeds,
  context: Context,
  input: { chatId: string; rating: number; comment?: string | undefined },
): Promise<Record<string, never>> {
  const chat = await loadChat(needs, context.actor, input.chatId);
  if (chat.closedAt && needs.now().getTime() - chat.closedAt.getTime() > RATING_TIME) {
    throw new AppError('CHAT_CLOSED', 'This chat ended too long ago to be rated.');
  }
  const rated = await needs.chats
    .findOneAndUpdate(
      { _id: chat._id },
      {
        $set: { rating: input.rating, ratingComment: input.comment || null, measureDue: true },
        $inc: { lastRev: 1 },
      },
      { returnDocument: 'after' },
    )
    .lean();
  if (!rated) throw notFound('chat');
  needs.bus.publish('chat.rated', { chat: rated });
  return {};
}
