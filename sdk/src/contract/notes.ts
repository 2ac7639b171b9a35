import { z } from 'zod';
import { LIMITS, NOTE_SUBJECTS } from './constants.ts';
import { id, messageText, pageQuery, timestamp } from './common.ts';
import { defineEndpoints } from './endpoints.ts';

/** An internal remark: for staff only. It is no message and has no `seq`. */
export const note = z.object({
  id,
  subject: z.object({ kind: z.enum(NOTE_SUBJECTS), id }),
  author: z.object({ id, name: z.string() }),
  content: z.string(),
  /** Users who were told of it. */
  mentions: z.array(id),
  timestamp,
});
export type Note = z.infer<typeof note>;

const staff = { agent: 'department', admin: 'all' } as const;
const chatParams = z.strictObject({ id });

export const noteEndpoints = defineEndpoints({
  'GET /api/chats/:id/notes': {
    summary: "A chat's notes, newest first.",
    access: staff,
    params: chatParams,
    query: z.strictObject(pageQuery),
    reply: z.array(note),
    list: true,
  },
  'POST /api/chats/:id/notes': {
    summary: 'Adds a note to a chat, and tells the colleagues whom it mentions.',
    access: staff,
    params: chatParams,
    body: z.strictObject({
      content: messageText,
      mentions: z.array(id).max(LIMITS.mentionsPerNote).optional(),
    }),
    reply: note,
    status: 201,
  },
});
