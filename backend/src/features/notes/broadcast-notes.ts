import type { noteServerEvents } from '@wzatco/sdk/contract';
import type { Bus } from '../../lib/bus.ts';
import type { Emit } from '../../lib/on-event.ts';
import { rooms } from '../../lib/rooms.ts';
import { toNote } from './note.dto.ts';
import './note-events.ts';

/** Tells the chat's agents of a note; never a customer. Returns the unsubscribe. */
export function broadcastNotes(bus: Bus, emit: Emit<typeof noteServerEvents>): () => void {
  return bus.subscribe('note.added', ({ note: record, chat }) => {
    const note = toNote(record);
    const chatId = note.subject.id;
    const assignee = chat.assignedAgentId ? [rooms.user(String(chat.assignedAgentId))] : [];
    emit([rooms.chatAgents(chatId), ...assignee], 'note_added', note);
  });
}
