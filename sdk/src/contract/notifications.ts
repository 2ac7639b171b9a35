import { z } from 'zod';
import { LIMITS, NOTIFICATION_KINDS } from './constants.ts';
import { id, pageQuery, timestamp } from './common.ts';
import { defineEndpoints } from './endpoints.ts';
import { defineServerEvents } from './events.ts';

/** Something that concerns one agent. `mention`: a note names them. Kept for 90 days. */
export const notification = z.object({
  id,
  kind: z.enum(NOTIFICATION_KINDS),
  chatId: id,
  noteId: id,
  /** Who caused it. */
  by: z.object({ id, name: z.string() }),
  /** Whose chat, and what the note says; null where it is gone, or the agent may not see the chat any more. */
  about: z.object({ customerName: z.string(), text: z.string() }).nullable(),
  timestamp,
  readAt: timestamp.nullable(),
});
export type Notification = z.infer<typeof notification>;

const staff = { agent: 'own', admin: 'own' } as const;

/** How many of one's own are unread, and the chats that they are about: of very many, the newest chats. */
export const unreadNotifications = z.object({ unread: z.int().min(0), chatIds: z.array(id) });
export type UnreadNotifications = z.infer<typeof unreadNotifications>;

/** Which are read, by one of them: those of these ids, those about a chat, or all. */
const which = z
  .strictObject({
    ids: z.array(id).min(1).max(LIMITS.pageMax).optional(),
    chatId: id.optional(),
    all: z.literal(true).optional(),
  })
  .refine((body) => Object.keys(body).length === 1, 'must have one of ids, chatId and all');
export type WhichNotifications = z.infer<typeof which>;

export const notificationEndpoints = defineEndpoints({
  'GET /api/notifications': {
    summary: "One's own notifications, newest first.",
    access: staff,
    query: z.strictObject(pageQuery),
    reply: z.array(notification),
    list: true,
  },
  'GET /api/notifications/unread': {
    summary: "How many of one's own notifications are unread, and the chats that they are about.",
    access: staff,
    reply: unreadNotifications,
  },
  'POST /api/notifications/read': {
    summary: "Marks one's own notifications as read: those of these ids, those about a chat, or all.",
    access: staff,
    body: which,
    reply: unreadNotifications,
  },
});

export const notificationServerEvents = defineServerEvents({
  notification: {
    summary: 'To every device of one agent: something concerns them. `mention`: a note names them.',
    payload: z.object({
      id,
      kind: z.enum(NOTIFICATION_KINDS),
      chatId: id,
      noteId: id,
      /** Who caused it. */
      by: z.object({ id, name: z.string() }),
      text: z.string(),
      timestamp,
    }),
  },
  notifications_read: {
    summary:
      'To every device of one agent: some of their notifications were read on one of them; what is left.',
    payload: unreadNotifications.extend({ which }),
  },
});
