import type { ChatNeeds } from '../chat/index.ts';
import type { NoteModel } from '../notes/index.ts';
import type { NotificationModel } from './notification.model.ts';

/** What the verbs of this folder work with. */
export interface NotificationNeeds {
  notifications: NotificationModel;
  notes: NoteModel;
  chat: ChatNeeds;
}
