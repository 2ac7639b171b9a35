import './composer.css';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import { MESSAGE_LIMIT, tooLong } from '../../models/text-limits.ts';
import { AttachButton } from './attach-button.tsx';
import { AttachedList } from './attached-list.tsx';
import { Lock, SendHorizontal } from '../../ui/icons.ts';

interface ComposerProps {
  chat: ChatModel;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Where the agent writes, or why they may not. */
export function Composer({ chat, field }: ComposerProps) {
  const standing = chat.standing.value;
  if (chat.state.value.loading && chat.info.value === null) return null;
  switch (standing.may) {
    case 'write':
      return <WritingPlace chat={chat} field={field} asAdmin={standing.as === 'admin'} />;
    case 'claim':
      return <Locked text="This customer is waiting. Claim the chat to reply." />;
    case 'read':
      return (
        <Locked
          text={
            standing.because === 'closed'
              ? 'This chat is closed.'
              : `${standing.by} is looking after this chat.`
          }
        />
      );
  }
}

function Locked({ text }: { text: string }) {
  return (
    <div class="composer">
      <div class="composer-locked">
        <Lock size={15} />
        <span dir="auto">{text}</span>
      </div>
    </div>
  );
}

function WritingPlace({ chat, field, asAdmin }: ComposerProps & { asAdmin: boolean }) {
  const text = chat.draft.value;
  const problem = tooLong(text, MESSAGE_LIMIT);
  const { attached } = chat.state.value;
  const blocked = attached.some(({ error }) => error !== null);
  const sendable = (text.trim() !== '' || attached.length > 0) && !blocked && problem === null;
  const agent = chat.state.value.agent?.name;

  // A touch keyboard would cover what they came to read.
  useLayoutEffect(() => {
    if (!window.matchMedia('(pointer: coarse)').matches) field.current?.focus({ preventScroll: true });
  }, []);

  const send = () => {
    if (sendable && chat.send()) field.current?.focus();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <AttachedList chat={chat} />
      <div class="composer-box">
        <AttachButton chat={chat} />
        <div class="composer-grow" data-text={text}>
          <textarea
            ref={field}
            class="composer-field"
            aria-label="Message"
            aria-describedby="composer-note"
            placeholder="Write a reply…"
            rows={1}
            dir="auto"
            enterkeyhint="send"
            value={text}
            onInput={(event) => chat.write(event.currentTarget.value)}
            onBlur={() => chat.stopTyping()}
            onKeyDown={(event) => {
              // Enter that confirms an input method's word is not ours; 229 is how Safari says so.
              if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229)
                return;
              event.preventDefault();
              send();
            }}
          />
        </div>
        <button type="submit" class="composer-send" aria-label="Send" title="Send" disabled={!sendable}>
          <SendHorizontal size={17} />
        </button>
      </div>
      <p id="composer-note" class={problem === null ? 'composer-note' : 'composer-note composer-note--over'}>
        {problem !== null ? (
          <span class="composer-note-text" role="alert">
            {problem}
          </span>
        ) : asAdmin ? (
          <span class="composer-note-text" dir="auto">
            You write as an admin in the chat of {agent ?? 'a colleague'}.
          </span>
        ) : (
          <span />
        )}
        <span class="composer-keys">Enter to send · Shift Enter for a new line</span>
      </p>
    </form>
  );
}
