import type { notificationEndpoints } from '@wzatco/sdk/contract';
import { asUser } from '../../lib/context.ts';
import type { Handlers } from '../../lib/mount.ts';
import { listNotifications } from './list-notifications.ts';
import type { NotificationNeeds } from './notification-needs.ts';
import { findUnread, readNotifications } from './read-notifications.ts';

export function createNotificationHandlers(needs: NotificationNeeds): Handlers<typeof notificationEndpoints> {
  return {
    'GET /api/notifications': (context, input) => listNotifications(needs, asUser(context), input),
    'GET /api/notifications/unread': (context) => findUnread(needs, asUser(context)),
    'POST /api/notifications/read': (context, { body }) => readNotifications(needs, asUser(context), body),
  };
}
