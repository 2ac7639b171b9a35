import { signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Note, SessionUser } from '@wzatco/sdk';
import { failureText } from './failure-text.ts';
import type { Colleague } from './mention-text.ts';

export type { Colleague, Note };

/** The team's notes on one chat, and whom they can name. */
export interface NotesModel {
  /** Newest first; null until they are known. */
  notes: ReadonlySignal<readonly Note[] | null>;
  more: ReadonlySignal<boolean>;
  failure: ReadonlySignal<string | null>;
  /** Who is there beside oneself, by name. */
  colleagues: ReadonlySignal<readonly Colleague[]>;
  /** Why it is not known who is there; null otherwise. */
  colleaguesFailure: ReadonlySignal<string | null>;
  /** What people are called, by id: colleagues, authors and oneself. */
  names: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Fetches the newest again. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  /** Asks who is there now. */
  loadColleagues(): Promise<void>;
  /** Adds one that tells those with the ids `mentions`; rejects with the client's error. */
  add(content: string, mentions: string[]): Promise<void>;
  dispose(): void;
}

/** @example const notes = createNotesModel(client, chatId, user); await notes.load(); */
export function createNotesModel(client: AgentClient, chatId: string, me: SessionUser | null): NotesModel {
  const notes = signal<readonly Note[] | null>(null);
  const cursor = signal<string | null>(null);
  const more = signal(false);
  const failure = signal<string | null>(null);
  const colleagues = signal<readonly Colleague[]>([]);
  const colleaguesFailure = signal<string | null>(null);
  const names = signal<ReadonlyMap<string, string>>(new Map());

  // Who has left meanwhile is still called what they were.
  const meet = (people: readonly { id: string; name: string }[]) => {
    names.value = new Map([...names.peek(), ...people.map(({ id, name }) => [id, name] as const)]);
  };
  if (me) meet([me]);

  const put = (fresh: readonly Note[], where: 'before' | 'after') => {
    const known = notes.peek() ?? [];
    const ids = new Set(fresh.map(({ id }) => id));
    const others = known.filter(({ id }) => !ids.has(id));
    meet(fresh.map(({ author }) => author));
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
    colleagues,
    colleaguesFailure,
    names,
    load: () => fetchFrom(null),
    loadMore: () => fetchFrom(cursor.peek()),
    async loadColleagues() {
      try {
        const there = await client.users.online();
        meet(there);
        colleagues.value = there.filter(({ id }) => id !== me?.id);
        colleaguesFailure.value = null;
      } catch (error) {
        colleaguesFailure.value = failureText(error);
      }
    },
    async add(content, mentions) {
      put([await client.chats.addNote(chatId, { content, mentions })], 'before');
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
