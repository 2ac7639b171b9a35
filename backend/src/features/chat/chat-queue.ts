import { trusted } from 'mongoose';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';

/** How many waiting customers are told their new place when one before them has gone. */
const TOLD = 50;

/** The place of a waiting chat in its department's queue; 1 is next. */
export async function queuePosition({ chats }: ChatNeeds, chat: ChatRecord): Promise<number> {
  const before = await chats.countDocuments({
    status: 'waiting',
    departmentId: chat.departmentId,
    createdAt: trusted({ $lt: chat.createdAt }),
  });
  return before + 1;
}

/** The first waiting chats of a department, next one first. */
export function waitingChats(
  { chats }: ChatNeeds,
  departmentId: ChatRecord['departmentId'],
): Promise<ChatRecord[]> {
  return chats.find({ status: 'waiting', departmentId }).sort({ createdAt: 1 }).limit(TOLD).lean().exec();
}
