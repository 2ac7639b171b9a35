export { broadcastNotes } from './broadcast-notes.ts';
export type { NoteNeeds } from './note-needs.ts';
export { defineNoteModel } from './note.model.ts';
export { createNoteHandlers } from './note.routes.ts';
