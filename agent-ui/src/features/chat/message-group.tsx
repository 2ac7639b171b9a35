import './message-group.css';
import type { ChatModel } from '../../models/chat-model.ts';
import type { ChatMessage, LogEntry } from '../../models/message-groups.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Check, CheckCheck, Clock } from '../../ui/icons.ts';
import { clockTime, fullTime } from '../../ui/moments.ts';
import { MessageBubble } from './message-bubble.tsx';

interface MessageGroupProps {
  group: Extract<LogEntry, { kind: 'group' }>;
  chat: ChatModel;
  /** The key of the reader's last message: the one whose state is shown. */
  lastMine: string | null;
}

/** A run of messages by one sender; the agents' side stands at the end of the line. */
export function MessageGroup({ group, chat, lastMine }: MessageGroupProps) {
  const ours = group.sender !== 'customer';
  const last = group.messages.at(-1);
  return (
    <div class={classNames('message-group', ours && 'message-group--ours')}>
      {!ours && <Avatar name={group.senderName} size="sm" />}
      <div class="message-stack">
        {group.messages.map((message) => (
          <MessageBubble key={message.key} message={message} ours={ours} chat={chat} />
        ))}
        {last && (
          <div class="message-foot" aria-hidden="true">
            {!group.mine && (
              <span class="message-foot-name" dir="auto">
                {group.senderName}
              </span>
            )}
            <time dateTime={last.timestamp} title={fullTime(new Date(last.timestamp))}>
              {clockTime(new Date(last.timestamp))}
            </time>
            {group.messages.some(({ key }) => key === lastMine) && <MessageState state={last.state} />}
          </div>
        )}
      </div>
    </div>
  );
}

function MessageState({ state }: { state: ChatMessage['state'] }) {
  switch (state) {
    case 'sending':
      return (
        <span class="message-state">
          <Clock size={11} /> Sending
        </span>
      );
    case 'sent':
      return (
        <span class="message-state">
          <Check size={12} /> Sent
        </span>
      );
    case 'read':
      return (
        <span class="message-state message-state--read">
          <CheckCheck size={13} /> Read
        </span>
      );
    case 'failed':
      return null;
  }
}
