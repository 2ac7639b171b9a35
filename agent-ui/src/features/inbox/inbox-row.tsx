import './inbox-row.css';
import { useConsole } from '../../context.ts';
import type { Chat } from '../../models/inbox-model.ts';
import { lastActivity, needsMe, unreadCount } from '../../models/inbox-rules.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge, CountBadge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { AtSign, Clock, CornerUpLeft } from '../../ui/icons.ts';
import { Elapsed, RelativeTime } from '../../ui/relative-time.tsx';

interface InboxRowProps {
  chat: Chat;
  href: string;
  selected: boolean;
}

/** One chat of the list, a link to it. */
export function InboxRow({ chat, href, selected }: InboxRowProps) {
  const { session, mentions } = useConsole();
  const me = session.user.value?.id ?? '';
  // What waits in a colleague's chat is theirs to see.
  const unread = needsMe(chat, me) ? unreadCount(chat) : 0;
  return (
    <a
      class={classNames('inbox-row', unread > 0 && 'inbox-row--unread')}
      href={href}
      data-chat={chat.id}
      {...(selected && { 'aria-current': 'page' as const })}
    >
      <Avatar name={chat.customer.name} />
      <div class="inbox-row-body">
        <div class="inbox-row-line">
          <span class="inbox-row-name" dir="auto">
            {chat.customer.name}
          </span>
          <span class="inbox-row-time">
            <RelativeTime at={lastActivity(chat)} />
          </span>
        </div>
        <div class="inbox-row-line">
          <Preview chat={chat} />
          {unread > 0 && (
            <CountBadge
              count={unread}
              label={unread === 1 ? '1 unread message' : `${unread} unread messages`}
            />
          )}
        </div>
        <div class="inbox-row-chips">
          {chat.status === 'waiting' && (
            <Badge tone="warn" icon={<Clock size={11} />}>
              Waiting <Elapsed since={chat.queuedAt} />
            </Badge>
          )}
          {mentions.unseen.value.has(chat.id) && (
            <Badge tone="accent" icon={<AtSign size={11} />}>
              Mentioned
            </Badge>
          )}
          {(chat.priority === 'urgent' || chat.priority === 'high') && (
            <Badge tone="bad">{chat.priority === 'urgent' ? 'Urgent' : 'High'}</Badge>
          )}
          {chat.department !== null && <Badge>{chat.department}</Badge>}
          {chat.agent && <Assignee agent={chat.agent} />}
        </div>
      </div>
    </a>
  );
}

function Preview({ chat }: { chat: Chat }) {
  const last = chat.lastMessage;
  if (last === null) return <span class="inbox-row-preview" />;
  return (
    <>
      {last.sender === 'agent' && (
        <span class="inbox-row-reply">
          <CornerUpLeft size={13} />
          <span class="visually-hidden">Reply: </span>
        </span>
      )}
      <span class="inbox-row-preview" dir="auto">
        {last.content || 'Message deleted'}
      </span>
    </>
  );
}

function Assignee({ agent }: { agent: NonNullable<Chat['agent']> }) {
  const { session } = useConsole();
  const name = agent.id === session.user.value?.id ? 'You' : agent.name;
  return (
    <span class="inbox-row-agent">
      <Avatar name={agent.name} picture={agent.avatar} size="xs" />
      <span class="inbox-row-agent-name" dir="auto">
        <span class="visually-hidden">Assigned to </span>
        {name}
      </span>
    </span>
  );
}
