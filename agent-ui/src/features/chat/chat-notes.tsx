import './chat-notes.css';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import type { ChatModel } from '../../models/chat-model.ts';
import { noteParts } from '../../models/mention-text.ts';
import type { Note } from '../../models/notes-model.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RetryNotice } from '../../ui/retry-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NoteForm } from './note-form.tsx';

/** What the team has remarked on a chat, and the place to add to it. */
export function ChatNotes({ chat }: { chat: ChatModel }) {
  const { mentions, colleagues, connection } = useConsole();
  const model = useMemo(() => chat.notesModel(), [chat]);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    void model.load();
    return () => model.dispose();
  }, [model]);
  const live = connection.value === 'online';
  useEffect(() => void colleagues.load(), [chat, live]);
  const notes = model.notes.value;
  const areShown = notes !== null;
  useEffect(() => (areShown ? mentions.follow(chat.id) : undefined), [chat, areShown]);
  const asked = mentions.asked.value === chat.id && notes !== null;
  useLayoutEffect(() => {
    if (!asked) return;
    section.current?.scrollIntoView({ block: 'start' });
    mentions.shown(chat.id);
  }, [asked]);
  return (
    <section ref={section} class="details-section" aria-label="Notes">
      <h3 class="details-heading">Notes</h3>
      <NoteForm chat={chat} model={model} />
      {model.failure.value !== null && (
        <RetryNotice failure={model.failure.value} onRetry={() => void model.load()} />
      )}
      {notes === null && model.failure.value === null && <Skeleton width="long" />}
      {notes !== null && notes.length > 0 && (
        <ul class="notes">
          {notes.map((note) => (
            <NoteEntry key={note.id} note={note} names={model.names.value} />
          ))}
        </ul>
      )}
      {model.more.value && (
        <Button kind="quiet" block onClick={() => void model.loadMore()}>
          Older notes
        </Button>
      )}
    </section>
  );
}

function NoteEntry({ note, names }: { note: Note; names: ReadonlyMap<string, string> }) {
  const { session } = useConsole();
  const me = session.user.value?.id;
  return (
    <li class="note">
      <p class="note-head">
        <span class="note-author" dir="auto">
          {note.author.name}
        </span>
        <RelativeTime at={note.timestamp} />
      </p>
      <p class="note-text" dir="auto">
        {noteParts(note.content, note.mentions, names).map(({ text, mention }, index) =>
          mention === null ? (
            text
          ) : (
            <bdi key={index} class={classNames('note-mention', mention === me && 'note-mention--me')}>
              {text}
            </bdi>
          ),
        )}
      </p>
    </li>
  );
}
