import { useRef, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { CountBadge } from '../../ui/badge.tsx';
import { Bell } from '../../ui/icons.ts';
import { useOutsidePress } from '../../ui/use-outside-press.ts';
import { NotificationPanel } from './notification-panel.tsx';

/** How many mentions are unread; opens the list of them, which Escape, a press outside and leaving it close. */
export function NotificationBell() {
  const { notifications } = useConsole();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const unread = notifications.unread.value;

  useOutsidePress(root, open, () => setOpen(false));

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  return (
    <div
      ref={root}
      class="notification-bell"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.preventDefault();
        close();
      }}
      onFocusOut={({ relatedTarget }) => {
        // Where the focus goes to nothing, somebody has pressed between the rows.
        if (relatedTarget instanceof Node && !root.current?.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        class="sidebar-link"
        title="Mentions"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Bell size={18} />
        <span class="sidebar-link-text">Mentions</span>
        {unread > 0 && <CountBadge count={unread} label={`${unread} unread`} />}
      </button>
      {open && <NotificationPanel onClose={close} onLeave={() => setOpen(false)} />}
    </div>
  );
}
