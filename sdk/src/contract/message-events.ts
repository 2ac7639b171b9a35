import { z } from 'zod';
import { counter, id, messageText, timestamp } from './common.ts';
import { message } from './chats.ts';
import { defineClientEvents, defineServerEvents } from './events.ts';

const writers = { visitor: 'own', agent: 'assigned', admin: 'all' } as const;

export const messageClientEvents = defineClientEvents({
  edit_message: {
    summary: "Edits one's own message, within 15 minutes of sending it.",
    access: writers,
    payload: z.strictObject({ chatId: id, id, message: messageText }),
    reply: message,
  },
  delete_message: {
    summary: "Empties one's own message, within 15 minutes of sending it; it keeps its `seq`.",
    access: writers,
    payload: z.strictObject({ chatId: id, id }),
    reply: message,
  },
});

export const messageServerEvents = defineServerEvents({
  message_updated: {
    summary: 'A message was edited, or deleted and is empty now.',
    payload: z.object({
      chatId: id,
      id,
      seq: z.int().min(1),
      rev: counter,
      content: z.string(),
      editedAt: timestamp.optional(),
      deletedAt: timestamp.optional(),
    }),
  },
});
