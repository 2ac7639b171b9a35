import type { EndpointParsed, notificationEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import type { Context, UserActor } from '../../lib/context.ts';
import type { NotificationNeeds } from './notification-needs.ts';
import './notification-events.ts';

type Which = EndpointParsed<(typeof notificationEndpoints)['POST /api/notifications/read']>['body'];

/** How many of one's own are unread. */
export async function countUnread(
  { notifications }: NotificationNeeds,
  { actor }: Context<UserActor>,
): Promise<{ unread: number }> {
  return { unread: await notifications.countDocuments({ userId: actor.id, readAt: null }) };
}

/** Marks one's own as read, and tells one's other devices; ids of others' are passed over. Answers how many are left. */
export async function readNotifications(
  needs: NotificationNeeds,
  context: Context<UserActor>,
  { ids, chatId }: Which,
): Promise<{ unread: number }> {
  const userId = context.actor.id;
  const which = ids ? { _id: trusted({ $in: ids }) } : chatId ? { chatId } : {};
  const { modifiedCount } = await needs.notifications.updateMany(
    { userId, readAt: null, ...which },
    { $set: { readAt: needs.chat.now() } },
  );
  const left = await countUnread(needs, context);
  if (modifiedCount > 0) needs.chat.bus.publish('notifications.read', { userId, ...left });
  return left;
}
