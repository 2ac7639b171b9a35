import './note-form.css';
import { useMemo, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import type { ChatModel } from '../../models/chat-model.ts';
import type { Colleague } from '../../models/colleagues-model.ts';
import { colleaguesFor, mentionedIn, openMention, withMention } from '../../models/mention-text.ts';
import type { NotesModel } from '../../models/notes-model.ts';
import { createSubmission } from '../../models/submission.ts';
import { MESSAGE_LIMIT, tooLong } from '../../models/text-limits.ts';
import { PRESENCE_WORDS, type PresenceStatus } from '../../models/presence-model.ts';
import { PresenceDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SuggestArea, type Suggestions } from '../../ui/suggest-area.tsx';

/** Where a note is written; an `@` in it offers the colleagues, and tells those who are named. */
export function NoteForm({ chat, model }: { chat: ChatModel; model: NotesModel }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly Colleague[]>([]);
  const adding = useMemo(
    () => createSubmission((note: [content: string, mentions: string[]]) => model.add(...note)),
    [model],
  );
  const { colleagues, presence, session } = useConsole();
  const me = session.user.value?.id;
  const others = colleagues.people.value.filter(({ id }) => id !== me);
  const failure = colleagues.failure.value;
  const statusOf = (id: string) => presence.agents.value.get(id) ?? 'offline';
  const content = text.trim();
  const problem = tooLong(content, MESSAGE_LIMIT);
  const isReady = content !== '' && problem === null;

  const suggest = (written: string, caret: number): Suggestions | null => {
    const mention = openMention(written, caret);
    if (mention === null) return null;
    const found = colleaguesFor(others, mention.query, chat.info.value, statusOf);
    return { at: mention.at, choices: found.map((each) => toSuggestion(each, statusOf(each.id))) };
  };
  const choose = (id: string, caret: number): number => {
    const mention = openMention(text, caret);
    const colleague = others.find((each) => each.id === id);
    if (!mention || !colleague) return caret;
    const next = withMention(text, mention, colleague.name);
    // Whose name is gone was taken back: another of the same name must not be mistaken for them.
    const still = new Set(mentionedIn(text, chosen));
    setChosen([...chosen.filter((each) => still.has(each.id) && each.id !== id), colleague]);
    setText(next.text);
    return next.caret;
  };
  const add = async () => {
    if (!isReady || !(await adding.run([content, mentionedIn(content, chosen)]))) return;
    // What is written by now belongs to the next one.
    setText((now) => (now === text ? '' : now));
    setChosen((now) => (now === chosen ? [] : now));
  };

  return (
    <>
      <form
        class="notes-form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <SuggestArea
          label="New note"
          hint="For the team: the customer never sees it. @ names a colleague, who is told."
          listLabel="Colleagues"
          value={text}
          problem={problem}
          suggest={suggest}
          onChoice={choose}
          onText={setText}
          onFocus={() => void colleagues.load()}
        />
        <Button type="submit" busy={adding.busy.value} disabled={!isReady}>
          Add note
        </Button>
      </form>
      {adding.failure.value !== null && <Notice tone="bad">{adding.failure.value}</Notice>}
      {failure !== null && text.includes('@') && (
        <Notice tone="warn">Colleagues cannot be named now. {failure}</Notice>
      )}
    </>
  );
}

function toSuggestion(
  { id, name, avatar, department }: Colleague,
  status: PresenceStatus,
): Suggestions['choices'][number] {
  const hint = [PRESENCE_WORDS[status], department].filter((part) => part !== null).join(' · ');
  return { key: id, label: name, hint, picture: avatar, mark: <PresenceDot status={status} /> };
}
