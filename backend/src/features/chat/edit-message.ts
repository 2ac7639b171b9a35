import type { Message } from '@wzatco/sdk/contract';
import { AppError } from '../../lib/app-error.ts';
import type { Context } from '../../lib/context.ts';
import { changeMessage } from './change-message.ts';
import type { ChatNeeds } from './chat-needs.ts';

/**
 * Replaces what one's own message says. The same text again changes nothing.
 *
 * @throws as `changeMessage`, CONFLICT for a deleted message, and RATE_LIMITED.
 */
export async function editMessage(
  needs: ChatNeeds,
  context: Context,
  { chatId, messageId, message }: { chatId: string; messageId: string; message: string },
): Promise<Message> {
  const { actor, ip } = context;
  // What it said before is kept too.
  if (actor.kind === 'visitor') await needs.limits.write({ actor, ip }, message);
  return changeMessage(needs, context, {
    chatId,
    messageId,
    decide(seen, editedAt) {
      if (seen.deletedAt) throw new AppError('CONFLICT', 'This message has been deleted.');
      return seen.content === message ? null : { content: message, editedAt };
    },
  });
}
