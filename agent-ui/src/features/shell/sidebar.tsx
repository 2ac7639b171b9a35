import './sidebar.css';
import { useLocation } from 'preact-iso/router';
import { useConsole } from '../../context.ts';
import type { Theme } from '../../models/theme-model.ts';
import { CountBadge } from '../../ui/badge.tsx';
import { Braces, CircleUserRound, Inbox, Keyboard, Monitor, Moon, Sun, Users } from '../../ui/icons.ts';
import mark from '../../ui/mark.svg';
import { NotificationBell } from './notification-bell.tsx';
import { PresenceMenu } from './presence-menu.tsx';

const NEXT_THEME: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };
const THEME_NAME: Record<Theme, string> = { auto: 'System', light: 'Light', dark: 'Dark' };

/** The way around: pages above, oneself below. On a phone it is the bar at the foot. */
export function Sidebar() {
  const { session, inbox, shortcuts } = useConsole();
  const { path } = useLocation();
  const user = session.user.value;
  const attention = inbox.attention.value;
  const here = (page: string, ...others: string[]) =>
    path === page || others.some((start) => path.startsWith(start))
      ? ({ 'aria-current': 'page' } as const)
      : {};
  return (
    <nav class="sidebar" aria-label="Main">
      <a class="sidebar-brand" href="/agent" aria-label="WZATCO, inbox">
        <img src={mark} width={28} height={28} alt="" />
        <span>WZATCO</span>
      </a>
      <div class="sidebar-links">
        <a class="sidebar-link" href="/agent" title="Inbox" {...here('/agent', '/agent/chats/')}>
          <Inbox size={18} />
          <span class="sidebar-link-text">Inbox</span>
          {attention > 0 && <CountBadge count={attention} label={`${attention} asking for you`} />}
        </a>
        <NotificationBell />
        {user?.role === 'admin' && (
          <a class="sidebar-link" href="/agent/team" title="Team" {...here('/agent/team')}>
            <Users size={18} />
            <span class="sidebar-link-text">Team</span>
          </a>
        )}
        <a class="sidebar-link" href="/agent/account" title="Account" {...here('/agent/account')}>
          <CircleUserRound size={18} />
          <span class="sidebar-link-text">Account</span>
        </a>
      </div>
      <div class="sidebar-foot">
        <ThemeButton />
        {user?.role === 'admin' && (
          <a class="sidebar-link sidebar-extra" href="/api/docs" target="_blank" title="API">
            <Braces size={18} />
            <span class="sidebar-link-text">API</span>
          </a>
        )}
        <button
          type="button"
          class="sidebar-link sidebar-extra"
          title="Shortcuts"
          onClick={() => shortcuts.setListed(true)}
        >
          <Keyboard size={18} />
          <span class="sidebar-link-text">Shortcuts</span>
        </button>
        {user && <PresenceMenu user={user} />}
      </div>
    </nav>
  );
}

function ThemeButton() {
  const { theme } = useConsole();
  const now = theme.theme.value;
  const label = `Theme: ${THEME_NAME[now]}`;
  return (
    <button
      type="button"
      class="sidebar-link sidebar-extra"
      title={label}
      onClick={() => theme.choose(NEXT_THEME[now])}
    >
      {now === 'auto' ? <Monitor size={18} /> : now === 'light' ? <Sun size={18} /> : <Moon size={18} />}
      <span class="sidebar-link-text">{label}</span>
    </button>
  );
}
