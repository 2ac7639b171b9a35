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
const unread = z.int().min(0);

export const notificationEndpoints = defineEndpoints({
  'GET /api/notifications': {
    summary: "One's own notifications, newest first.",
    access: staff,
    query: z.strictObject(pageQuery),
    reply: z.array(notification),
    list: true,
  },
  'GET /api/notifications/unread': {
    summary: "How many of one's own notifications are unread.",
    access: staff,
    reply: z.object({ unread }),
  },
  'POST /api/notifications/read': {
    summary: "Marks one's own notifications as read: those of these ids, those about a chat, or all.",
    access: staff,
    body: z
      .strictObject({
        ids: z.array(id).min(1).max(LIMITS.pageMax).optional(),
        chatId: id.optional(),
        all: z.literal(true).optional(),
      })
      .refine((body) => Object.keys(body).length === 1, 'must have one of ids, chatId and all'),
    reply: z.object({ unread }),
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
    summary: 'To every device of one agent: some of their notifications were read on one of them.',
    payload: z.object({ unread }),
  },
});
