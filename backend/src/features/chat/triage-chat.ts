import type { Chat } from '@wzatco/sdk/contract';
import { trusted, type QueryFilter } from 'mongoose';
import type { Context } from '../../lib/context.ts';
import { loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { toChat } from './chat.dto.ts';
import type { ChatRecord } from './chat.model.ts';
import './chat-events.ts';

/**
 * Sets the priority or the tags of a chat, open or not, by any agent who may see it. What is so already is no change.
 *
 * @throws NOT_FOUND.
 */
export async function triageChat(
  needs: ChatNeeds,
  context: Context,
  { chatId, ...input }: { chatId: string } & Partial<Pick<ChatRecord, 'priority' | 'tags'>>,
): Promise<Chat> {
  const chat = await loadChat(needs, context.actor, chatId);
  const change = { ...input, ...(input.tags ? { tags: [...new Set(input.tags)] } : {}) };
  const others: QueryFilter<ChatRecord>[] = Object.entries(change).map(([field, value]) => ({
    [field]: trusted({ $ne: value }),
  }));
  const changed = await needs.chats
    .findOneAndUpdate(
      { _id: chat._id, $or: others },
      { $set: change, $inc: { lastRev: 1 } },
      { returnDocument: 'after' },
    )
    .lean();
  if (changed) needs.bus.publish('chat.triaged', { chat: changed });
  return toChat(needs, changed ?? (await loadChat(needs, context.actor, chatId)), 'staff');
}
