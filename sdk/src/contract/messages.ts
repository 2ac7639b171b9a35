import { z } from 'zod';
import { counter, id, messageText, pageQuery, timestamp } from './common.ts';
import { message } from './chats.ts';
import { defineEndpoints } from './endpoints.ts';

const messageParams = z.strictObject({ id, messageId: id });
const writers = { visitor: 'own', agent: 'assigned', admin: 'all' } as const;

/** What a message said before an edit or its deletion. */
export const messageRevision = z.object({
  /** The message's `rev` while it said so. */
  rev: counter,
  content: z.string(),
  writtenAt: timestamp,
  replacedAt: timestamp,
});
export type MessageRevision = z.infer<typeof messageRevision>;

export const messageEndpoints = defineEndpoints({
  'PATCH /api/chats/:id/messages/:messageId': {
    summary: "Edits one's own message, within 15 minutes of sending it: `edit_message` over HTTP.",
    access: writers,
    params: messageParams,
    body: z.strictObject({ message: messageText }),
    reply: message,
  },
  'DELETE /api/chats/:id/messages/:messageId': {
    summary: "Empties one's own message, within 15 minutes of sending it: `delete_message` over HTTP.",
    access: writers,
    params: messageParams,
    reply: message,
  },
  'GET /api/chats/:id/messages/:messageId/history': {
    summary: 'What a message said before it was edited or deleted, oldest first unless said; for staff only.',
    access: { agent: 'department', admin: 'all' },
    params: messageParams,
    query: z.strictObject({ ...pageQuery, order: z.enum(['oldest', 'newest']).default('oldest') }),
    reply: z.array(messageRevision),
    list: true,
  },
});
