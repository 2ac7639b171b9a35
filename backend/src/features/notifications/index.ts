import './notification-events.ts';

export { broadcastNotifications } from './broadcast-notifications.ts';
export { keepMentions, MENTION_JOB, sweepMentions } from './keep-mentions.ts';
export type { NotificationNeeds } from './notification-needs.ts';
export { defineNotificationModel } from './notification.model.ts';
export { createNotificationHandlers } from './notification.routes.ts';
