import type { ChatNeeds } from '../chat/index.ts';
import type { NoteModel } from './note.model.ts';

/** What the verbs of this folder work with. */
export interface NoteNeeds {
  notes: NoteModel;
  chat: ChatNeeds;
}
