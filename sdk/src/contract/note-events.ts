import { z } from 'zod';
import { id, timestamp } from './common.ts';
import { defineServerEvents } from './events.ts';
import { note } from './notes.ts';

export const noteServerEvents = defineServerEvents({
  note_added: { summary: 'To the agents who watch the chat or have it: a note on it.', payload: note },
  notification: {
    summary: 'To every device of one agent: something concerns them. `mention`: a note names them.',
    payload: z.object({
      kind: z.enum(['mention']),
      chatId: id,
      noteId: id,
      /** Who caused it. */
      by: z.object({ id, name: z.string() }),
      text: z.string(),
      timestamp,
    }),
  },
});
