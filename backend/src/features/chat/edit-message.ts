import type { Message } from '@wzatco/sdk/contract';
import { AppError } from '../../lib/app-error.ts';
import type { Context } from '../../lib/context.ts';
import { changeMessage } from './change-message.ts';
import type { ChatNeeds } from './chat-needs.ts';

/**
 * Replaces what one's own message says. The same text again changes nothing.
 *
 * @throws as `changeMessage`, and CONFLICT for a deleted message.
 */
export function editMessage(
  needs: ChatNeeds,
  context: Context,
  { chatId, messageId, message }: { chatId: string; messageId: string; message: string },
): Promise<Message> {
  return changeMessage(needs, context, {
    chatId,
    messageId,
    decide(seen, editedAt) {
      if (seen.deletedAt) throw new AppError('CONFLICT', 'This message has been deleted.');
      return seen.content === message ? null : { content: message, editedAt };
    },
  });
}
