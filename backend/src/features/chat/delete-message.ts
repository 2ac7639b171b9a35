import type { Message } from '@wzatco/sdk/contract';
import type { Context } from '../../lib/context.ts';
import { changeMessage } from './change-message.ts';
import type { ChatNeeds } from './chat-needs.ts';

/**
 * Empties one's own message; it stays in its place. Deleting it again changes nothing.
 *
 * @throws as `changeMessage`.
 */
export function deleteMessage(
  needs: ChatNeeds,
  context: Context,
  input: { chatId: string; messageId: string },
): Promise<Message> {
  return changeMessage(needs, context, {
    ...input,
    decide: (seen, deletedAt) => (seen.deletedAt ? null : { content: '', attachments: [], deletedAt }),
  });
}
