import type { notificationServerEvents } from '@wzatco/sdk/contract';
import type { Bus } from '../../lib/bus.ts';
import type { Emit } from '../../lib/on-event.ts';
import { rooms } from '../../lib/rooms.ts';
import './notification-events.ts';

/** Tells all devices of an agent what concerns them, and what they have read of it. Returns the unsubscribe. */
export function broadcastNotifications(bus: Bus, emit: Emit<typeof notificationServerEvents>): () => void {
  const subscriptions = [
    bus.subscribe('notification.stored', ({ notification, note }) =>
      emit([rooms.user(String(notification.userId))], 'notification', {
        id: String(notification._id),
        kind: notification.kind,
        chatId: String(notification.chatId),
        noteId: String(notification.noteId),
        by: { id: String(notification.byId), name: notification.byName },
        text: note.content,
        timestamp: notification.createdAt.toISOString(),
      }),
    ),
    bus.subscribe('notifications.read', ({ userId, which, left }) =>
      emit([rooms.user(userId)], 'notifications_read', { ...left, which }),
    ),
  ];
  return () => subscriptions.forEach((unsubscribe) => unsubscribe());
}
