import type { UnreadNotifications, WhichNotifications } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import type { Context, UserActor } from '../../lib/context.ts';
import type { NotificationNeeds } from './notification-needs.ts';
import './notification-events.ts';

/** So many unread ones are looked through for their chats. */
const LOOKED_THROUGH = 1_000;

/** How many of one's own are unread, and the chats that they are about. */
export async function findUnread(
  { notifications }: NotificationNeeds,
  { actor }: Context<UserActor>,
): Promise<UnreadNotifications> {
  const isMine = { userId: actor.id, readAt: null };
  const [unread, newest] = await Promise.all([
    notifications.countDocuments(isMine),
    // By chat, which is the index's order: what is left out of very many are the oldest chats.
    notifications
      .find(isMine)
      .select({ _id: 0, chatId: 1 })
      .sort({ chatId: -1 })
      .limit(LOOKED_THROUGH)
      .lean(),
  ]);
  return { unread, chatIds: [...new Set(newest.map(({ chatId }) => String(chatId)))] };
}

/** Marks one's own as read, and tells all of one's devices; ids of others' are passed over. Answers what is left. */
export async function readNotifications(
  needs: NotificationNeeds,
  context: Context<UserActor>,
  which: WhichNotifications,
): Promise<UnreadNotifications> {
  const userId = context.actor.id;
  const { modifiedCount } = await needs.notifications.updateMany(
    { userId, readAt: null, ...filterOf(which) },
    { $set: { readAt: needs.chat.now() } },
  );
  const left = await findUnread(needs, context);
  if (modifiedCount > 0) needs.chat.bus.publish('notifications.read', { userId, which, left });
  return left;
}

function filterOf({ ids, chatId }: WhichNotifications) {
  if (ids) return { _id: trusted({ $in: ids }) };
  return chatId ? { chatId } : {};
}
