import './notification-panel.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AtSign, CheckCheck, X } from '../../ui/icons.ts';
import { RetryNotice } from '../../ui/retry-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NotificationRow } from './notification-row.tsx';

interface NotificationPanelProps {
  /** Closed: the bell gets the focus back. */
  onClose(): void;
  /** Left for what was opened. */
  onLeave(): void;
}

/** Who has mentioned this agent, where and when; beside the sidebar, on a phone over the page. */
export function NotificationPanel({ onClose, onLeave }: NotificationPanelProps) {
  const { notifications } = useConsole();
  const panel = useRef<HTMLElement>(null);
  const items = notifications.items.value;
  const failure = notifications.failure.value;
  const focus = () => panel.current?.focus({ preventScroll: true });
  useLayoutEffect(focus, []);
  // Buttons go when they have done their work: without the focus the panel would not hear Escape.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) focus();
  });

  return (
    <section ref={panel} class="notification-panel" role="dialog" aria-label="Mentions" tabIndex={-1}>
      <header class="notification-head">
        <h2 class="notification-title">Mentions</h2>
        {notifications.unread.value > 0 && (
          <Button
            kind="quiet"
            icon={<CheckCheck size={15} />}
            onClick={() => void notifications.markRead({ all: true })}
          >
            Mark all as read
          </Button>
        )}
        <IconButton label="Close mentions" onClick={onClose}>
          <X size={18} />
        </IconButton>
      </header>
      <div class="notification-body scroll">
        {items !== null && items.length > 0 && (
          <ul class="notification-list">
            {items.map((item) => (
              <NotificationRow key={item.id} item={item} onLeave={onLeave} />
            ))}
          </ul>
        )}
        {items?.length === 0 && failure === null && (
          <EmptyState icon={<AtSign size={22} />} title="Nobody has mentioned you yet">
            When a colleague names you with @ in a note, you find it here, even if you were away.
          </EmptyState>
        )}
        {failure !== null && <RetryNotice failure={failure} onRetry={() => void notifications.load()} />}
        {items === null && failure === null && (
          <div class="notification-loading" role="status">
            <span class="visually-hidden">Loading mentions</span>
            <Skeleton width="short" />
            <Skeleton width="long" />
          </div>
        )}
        {notifications.more.value && failure === null && (
          <Button kind="quiet" block onClick={() => void notifications.loadMore()}>
            Older mentions
          </Button>
        )}
      </div>
    </section>
  );
}
