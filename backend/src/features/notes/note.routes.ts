import type { noteEndpoints } from '@wzatco/sdk/contract';
import { asUser } from '../../lib/context.ts';
import type { Handlers } from '../../lib/mount.ts';
import { addNote } from './add-note.ts';
import { listNotes } from './list-notes.ts';
import type { NoteNeeds } from './note-needs.ts';

export function createNoteHandlers(needs: NoteNeeds): Handlers<typeof noteEndpoints> {
  return {
    'GET /api/chats/:id/notes': (context, input) => listNotes(needs, context, input),
    'POST /api/chats/:id/notes': (context, { params, body }) =>
      addNote(needs, asUser(context), { chatId: params.id, ...body }),
  };
}
