import { Types, type ClientSession } from 'mongoose';
import type { ChatNeeds } from './chat-needs.ts';
import type { MessageRecord } from './message.model.ts';

type NewMessage = Pick<
  MessageRecord,
  '_id' | 'chatId' | 'seq' | 'rev' | 'clientMessageId' | 'content' | 'attachments' | 'createdAt'
> & { sender: MessageRecord['sender']; senderId: string | null; senderName: string };

/**
 * Inserts one message within the transaction that numbered it. By the driver: the record is whole, and a document of
 * Mongoose would cost more than storing it.
 */
export async function insertMessage(
  { messages }: ChatNeeds,
  session: ClientSession,
  { senderId, ...message }: NewMessage,
): Promise<MessageRecord> {
  const record: MessageRecord = {
    ...message,
    senderId: senderId === null ? null : new Types.ObjectId(senderId),
    editedAt: null,
    deletedAt: null,
    updatedAt: message.createdAt,
  };
  await messages.collection.insertOne(record, { session });
  return record;
}
