import './note-events.ts';

export { storeNote } from './add-note.ts';
export { broadcastNotes } from './broadcast-notes.ts';
export type { NoteNeeds } from './note-needs.ts';
export { defineNoteModel, type NoteModel, type NoteRecord } from './note.model.ts';
export { createNoteHandlers } from './note.routes.ts';
