import './chat-triage.css';
import { useState } from 'preact/hooks';
import type { Chat, ChatModel } from '../../models/chat-model.ts';
import { MOST_TAGS, PRIORITY_CHOICES, tagProblem, withTag } from '../../models/triage.ts';
import { IconButton } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { X } from '../../ui/icons.ts';

/** How urgent a chat is and what it is about; any agent who sees it may say so. */
export function ChatTriage({ chat, info }: { chat: ChatModel; info: Chat }) {
  const [tag, setTag] = useState('');
  const problem = tagProblem(tag);
  const add = () => {
    if (problem !== null) return;
    const tags = withTag(info.tags, tag);
    setTag('');
    if (tags !== null) void chat.setTags(tags);
  };
  return (
    <section class="details-section triage">
      <SelectField
        label="Priority"
        value={info.priority}
        options={PRIORITY_CHOICES}
        onChoice={(value) => {
          const chosen = PRIORITY_CHOICES.find((choice) => choice.value === value);
          if (chosen) void chat.setPriority(chosen.value);
        }}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label="Tags"
          value={tag}
          problem={problem}
          autocomplete="off"
          hint="Enter adds it."
          readOnly={info.tags.length >= MOST_TAGS}
          onText={setTag}
        />
      </form>
      {info.tags.length > 0 && (
        <ul class="triage-tags">
          {info.tags.map((each) => (
            <li class="triage-tag" key={each}>
              <span class="triage-tag-name" dir="auto">
                {each}
              </span>
              <IconButton
                label={`Remove the tag ${each}`}
                onClick={() => void chat.setTags(info.tags.filter((other) => other !== each))}
              >
                <X size={12} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
