import { signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Note } from '@wzatco/sdk';
import { failureText } from './failure-text.ts';

export type { Note };

/** The team's notes on one chat. */
export interface NotesModel {
  /** Newest first; null until they are known. */
  notes: ReadonlySignal<readonly Note[] | null>;
  more: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  /** Fetches the newest again. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  /** Adds one; rejects with the client's error. */
  add(content: string): Promise<void>;
  dispose(): void;
}

/** @example const notes = createNotesModel(client, chatId); await notes.load(); */
export function createNotesModel(client: AgentClient, chatId: string): NotesModel {
  const notes = signal<readonly Note[] | null>(null);
  const cursor = signal<string | null>(null);
  const more = signal(false);
  const failure = signal<string | null>(null);

  const put = (fresh: readonly Note[], where: 'before' | 'after') => {
    const known = notes.peek() ?? [];
    const ids = new Set(fresh.map(({ id }) => id));
    const others = known.filter(({ id }) => !ids.has(id));
    notes.value = where === 'before' ? [...fresh, ...others] : [...others, ...fresh];
  };
  const fetchFrom = async (from: string | null) => {
    failure.value = null;
    try {
      const page = await client.chats.notes(chatId, { ...(from !== null && { cursor: from }) });
      if (from === null) notes.value = [];
      put(page.items, 'after');
      cursor.value = page.nextCursor;
      more.value = page.nextCursor !== null;
    } catch (error) {
      failure.value = failureText(error);
    }
  };
  const stops = [
    client.on('note_added', (note) => {
      if (note.subject.id === chatId && notes.peek()) put([note], 'before');
    }),
    client.connection.subscribe((state) => {
      // What was added meanwhile was told to nobody here.
      if (state === 'online' && notes.peek()) void fetchFrom(null);
    }),
  ];
  return {
    notes,
    more,
    failure,
    load: () => fetchFrom(null),
    loadMore: () => fetchFrom(cursor.peek()),
    async add(content) {
      put([await client.chats.addNote(chatId, { content })], 'before');
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
