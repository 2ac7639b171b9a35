import type { EndpointInput, Page } from '../contract/endpoints.ts';
import type { Notification, notificationEndpoints, UnreadNotifications } from '../contract/notifications.ts';
import type { ListQuery } from './list-query.ts';

export type NotificationQuery = ListQuery<
  EndpointInput<(typeof notificationEndpoints)['GET /api/notifications']>['query']
>;
/** Which notifications are read: those of these ids, those about a chat, or all. */
export type ReadNotifications = { ids: string[] } | { chatId: string } | { all: true };

/** What concerns this agent; new ones come as `notification`, and what was read elsewhere as `notifications_read`. */
export interface NotificationsApi {
  /**
   * One page of one's own notifications, newest first.
   *
   * @example
   * const { items, nextCursor } = await client.notifications.list();
   */
  list(query?: NotificationQuery): Promise<Page<Notification>>;
  /**
   * How many are unread, and the chats that they are about.
   *
   * @example
   * const { unread, chatIds } = await client.notifications.unread();
   */
  unread(): Promise<UnreadNotifications>;
  /**
   * Marks some as read; answers what is left.
   *
   * @example
   * await client.notifications.markRead({ chatId: chat.id });
   */
  markRead(which: ReadNotifications): Promise<UnreadNotifications>;
}
