import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import type { MessageRecord } from './message.model.ts';

/** What a message says, without an id by which it would be known again. */
export interface Words {
  message?: string | undefined;
  attachments?: string[] | undefined;
}

/**
 * Has the customer said just this before, as the chat's first message or as their latest? A program that gives its
 * messages no ids says the first one again on each connection, and repeats the latest where it heard no answer.
 */
export async function saidBefore(needs: ChatNeeds, chat: ChatRecord, words: Words): Promise<boolean> {
  const { _id: chatId, customerId: senderId } = chat;
  const [first, latest] = await Promise.all([
    needs.messages.findOne({ chatId, seq: 1 }).lean(),
    needs.messages.findOne({ chatId, senderId }).sort({ seq: -1 }).lean(),
  ]);
  for (const message of [first, latest]) {
    if (message && isSame(await asWritten(needs, message), words)) return true;
  }
  return false;
}

/** An edited or deleted message as it was before. */
async function asWritten(
  { messageRevisions }: ChatNeeds,
  message: MessageRecord,
): Promise<Pick<MessageRecord, 'content' | 'attachments'>> {
  if (!message.editedAt && !message.deletedAt) return message;
  const before = await messageRevisions.findOne({ messageId: message._id }).sort({ rev: 1 }).lean();
  return before ?? message;
}

function isSame(
  { content, attachments }: Pick<MessageRecord, 'content' | 'attachments'>,
  { message = '', attachments: named = [] }: Words,
): boolean {
  return content === message && attachments.map(({ _id }) => String(_id)).join() === named.join();
}
