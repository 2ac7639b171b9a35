import './message-bubble.css';
import { useMemo } from 'preact/hooks';
import type { ChatModel } from '../../models/chat-model.ts';
import { linkify } from '../../models/linkify.ts';
import type { ChatMessage } from '../../models/message-groups.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { clockTime, fullTime } from '../../ui/moments.ts';
import { Attachment } from './attachment.tsx';
import { MessageActions } from './message-actions.tsx';

interface MessageBubbleProps {
  message: ChatMessage;
  ours: boolean;
  chat: ChatModel;
}

const FEW_EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\u200D\p{Extended_Pictographic}|\uFE0F|\p{Emoji_Modifier})*\s*){1,3}$/u;
const HEARD_AS: Record<ChatMessage['state'], string> = {
  sending: 'sending',
  sent: 'sent',
  read: 'read',
  failed: 'not sent',
};

/** One message as plain text with its links; one that failed says why, and what can be done. */
export function MessageBubble({ message, ours, chat }: MessageBubbleProps) {
  const { id, content, attachments, state, deletedAt, editedAt, timestamp, senderName, mine } = message;
  const moment = new Date(timestamp);
  const gone = deletedAt !== null;
  return (
    <div
      class={classNames(
        'message',
        ours && 'message--ours',
        gone && 'message--gone',
        !gone && FEW_EMOJI.test(content) && 'message--big',
        state !== 'sent' && state !== 'read' && `message--${state}`,
      )}
    >
      <span class="visually-hidden">
        {mine ? 'You' : senderName}, {clockTime(moment)}
        {mine && `, ${HEARD_AS[state]}`}:{' '}
      </span>
      {attachments.map((attachment) => (
        <Attachment key={attachment.key} attachment={attachment} chat={chat} />
      ))}
      {(content !== '' || attachments.length === 0) && (
        <div class="message-line">
          {id !== null && <MessageActions chat={chat} message={message} id={id} />}
          <div class="bubble" dir="auto" title={fullTime(moment)}>
            {gone ? 'This message was deleted' : <LinkedText text={content} />}
            {editedAt !== null && !gone && <span class="bubble-edited">edited</span>}
          </div>
        </div>
      )}
      {state === 'failed' && <Failure message={message} chat={chat} />}
    </div>
  );
}

function LinkedText({ text }: { text: string }) {
  // A chat is drawn again with each word that is typed in it.
  const parts = useMemo(() => linkify(text), [text]);
  return (
    <>
      {parts.map((part, index) =>
        part.href === null ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </>
  );
}

function Failure({ message, chat }: { message: ChatMessage; chat: ChatModel }) {
  const key = message.clientMessageId;
  return (
    <div class="message-failure" role="alert">
      <span>Not sent. {message.error?.message}</span>
      {key !== null && (
        <>
          <Button kind="link" onClick={() => chat.retry(key)}>
            Retry
          </Button>
          <Button kind="link" onClick={() => chat.discard(key)}>
            Discard
          </Button>
        </>
      )}
    </div>
  );
}
