import { defineServerEvents } from './events.ts';
import { note } from './notes.ts';

export const noteServerEvents = defineServerEvents({
  note_added: { summary: 'To the agents who watch the chat or have it: a note on it.', payload: note },
});
