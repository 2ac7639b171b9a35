import { Types, type ClientSession } from 'mongoose';
import { activityTime } from './activity-time.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import type { MessageRecord } from './message.model.ts';
import { insertMessage } from './insert-message.ts';
import { preview } from './preview.ts';

/** What an update of a chat holds besides, that says something to its customer: see `insertSystemMessage`. */
export function countSystemMessage(content: string, at: Date) {
  return {
    inc: { lastSeq: 1, lastRev: 1 },
    set: { lastActivityAt: activityTime(at), lastMessage: preview(content, 'system', at) },
  };
}

/** Stores what is said in a chat that has counted it, within the same transaction. */
export function insertSystemMessage(
  needs: ChatNeeds,
  session: ClientSession,
  chat: ChatRecord,
  content: string,
): Promise<MessageRecord> {
  return insertMessage(needs, session, {
    _id: new Types.ObjectId(),
    chatId: chat._id,
    seq: chat.lastSeq,
    rev: chat.lastRev,
    clientMessageId: null,
    content,
    attachments: [],
    createdAt: needs.now(),
    sender: 'system',
    senderId: null,
    senderName: 'System',
  });
}
