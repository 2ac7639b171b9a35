import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Note } from '@wzatco/sdk';
import { failureText } from './failure-text.ts';

export type { Note };

/** The team's notes on one chat. */
export interface NotesModel {
  /** Newest first; null until they are known. */
  notes: ReadonlySignal<readonly Note[] | null>;
  more: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  /** What people are called, by id: colleagues, and authors who are none any more. */
  names: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Fetches the newest again. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  /** Adds one that tells those with the ids `mentions`; rejects with the client's error. */
  add(content: string, mentions: string[]): Promise<void>;
  dispose(): void;
}

/**
 * @param people whose names are known
 * @example const notes = createNotesModel(client, chatId, colleagues.people); await notes.load();
 */
export function createNotesModel(
  client: AgentClient,
  chatId: string,
  people: ReadonlySignal<readonly { id: string; name: string }[]>,
): NotesModel {
  const notes = signal<readonly Note[] | null>(null);
  const cursor = signal<string | null>(null);
  const more = signal(false);
  const failure = signal<string | null>(null);
  const names = computed(() => {
    const authors = (notes.value ?? []).map(({ author }) => author);
    return new Map([...authors, ...people.value].map(({ id, name }) => [id, name]));
  });

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
    names,
    load: () => fetchFrom(null),
    loadMore: () => fetchFrom(cursor.peek()),
    async add(content, mentions) {
      put([await client.chats.addNote(chatId, { content, mentions })], 'before');
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
