import type { UnreadNotifications, WhichNotifications } from '@wzatco/sdk/contract';
import type { NoteRecord } from '../notes/index.ts';
import type { NotificationRecord } from './notification.model.ts';

declare module '../../lib/bus.ts' {
  interface DomainEvents {
    /** Somebody is mentioned who was not told before. */
    'notification.stored': { notification: NotificationRecord; note: NoteRecord };
    /** A user has read some of theirs; so much is left. */
    'notifications.read': { userId: string; which: WhichNotifications; left: UnreadNotifications };
  }
}
