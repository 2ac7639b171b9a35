import './chat-notes.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import { MESSAGE_LIMIT } from '../../models/message-limit.ts';
import type { Note } from '../../models/notes-model.ts';
import { createSubmission } from '../../models/submission.ts';
import { Button } from '../../ui/button.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { RetryNotice } from '../../ui/retry-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** What the team has remarked on a chat, and the place to add to it. */
export function ChatNotes({ chat }: { chat: ChatModel }) {
  const model = useMemo(() => chat.notesModel(), [chat]);
  const adding = useMemo(() => createSubmission((content: string) => model.add(content)), [model]);
  const [text, setText] = useState('');
  useEffect(() => {
    void model.load();
    return () => model.dispose();
  }, [model]);
  const notes = model.notes.value;
  const add = async () => {
    if (text.trim() !== '' && (await adding.run(text.trim()))) setText('');
  };
  return (
    <section class="details-section" aria-label="Notes">
      <h3 class="details-heading">Notes</h3>
      <form
        class="notes-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextAreaField
          label="New note"
          hint="For the team: the customer never sees it."
          value={text}
          maxLength={MESSAGE_LIMIT}
          onText={setText}
        />
        <Button type="submit" busy={adding.busy.value} disabled={text.trim() === ''}>
          Add note
        </Button>
      </form>
      {adding.failure.value !== null && <Notice tone="bad">{adding.failure.value}</Notice>}
      {model.failure.value !== null && (
        <RetryNotice failure={model.failure.value} onRetry={() => void model.load()} />
      )}
      {notes === null && model.failure.value === null && <Skeleton width="long" />}
      {notes !== null && notes.length > 0 && (
        <ul class="notes">
          {notes.map((note) => (
            <NoteEntry key={note.id} note={note} />
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

function NoteEntry({ note }: { note: Note }) {
  return (
    <li class="note">
      <p class="note-head">
        <span class="note-author" dir="auto">
          {note.author.name}
        </span>
        <RelativeTime at={note.timestamp} />
      </p>
      <p class="note-text" dir="auto">
        {note.content}
      </p>
    </li>
  );
}
