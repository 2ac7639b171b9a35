import type { ChatRecord } from '../chat/index.ts';
import type { NoteRecord } from './note.model.ts';

declare module '../../lib/bus.ts' {
  interface DomainEvents {
    /** A note on a chat. */
    'note.added': { note: NoteRecord; chat: ChatRecord };
  }
}
