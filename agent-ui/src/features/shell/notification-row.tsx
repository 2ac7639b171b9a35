import type { ComponentChildren } from 'preact';
import { useConsole } from '../../context.ts';
import { inboxAddress } from '../../models/inbox-address.ts';
import type { Notification } from '../../models/notifications-model.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classNames } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** One mention: by whom, in whose chat, when. It opens the chat's notes, and is read with that. */
export function NotificationRow({ item, onLeave }: { item: Notification; onLeave(): void }) {
  const { mentions, notifications } = useConsole();
  const { id, chatId, by, about, timestamp, readAt } = item;
  const read = () => {
    if (readAt === null) void notifications.markRead({ ids: [id] });
  };
  const words = (
    <>
      <Avatar name={by.name} size="sm" />
      <span class="notification-words">
        <span class="notification-who">
          <bdi>
            <bdi class="notification-name">{by.name}</bdi>
            {about && (
              <>
                {' '}
                in the chat with <bdi>{about.customerName}</bdi>
              </>
            )}
          </bdi>
        </span>
        <span class="notification-text">
          <bdi>{about?.text ?? 'The note is gone, or in a chat that you cannot see any more.'}</bdi>
        </span>
      </span>
      <span class="notification-end">
        <RelativeTime at={timestamp} />
        {readAt === null && (
          <span class="notification-dot">
            <span class="visually-hidden">Unread</span>
          </span>
        )}
      </span>
    </>
  );
  return (
    <li class={classNames('notification', readAt === null && 'notification--unread')}>
      {about ? (
        <a
          class="notification-link"
          href={inboxAddress({ view: 'open', q: '', chatId })}
          onClick={() => {
            read();
            mentions.ask(chatId);
            onLeave();
          }}
        >
          {words}
        </a>
      ) : (
        <GoneRow onClick={read}>{words}</GoneRow>
      )}
    </li>
  );
}

function GoneRow({ onClick, children }: { onClick(): void; children: ComponentChildren }) {
  return (
    <button type="button" class="notification-link notification-link--gone" onClick={onClick}>
      {children}
    </button>
  );
}
