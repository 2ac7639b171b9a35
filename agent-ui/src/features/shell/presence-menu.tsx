import './presence-menu.css';
import { useLocation } from 'preact-iso/router';
import { useConsole } from '../../context.ts';
import type { PresenceStatus } from '../../models/presence-model.ts';
import type { SessionUser } from '../../models/session-model.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { PresenceDot } from '../../ui/badge.tsx';
import { ChevronsUpDown, CircleUserRound, LogOut } from '../../ui/icons.ts';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { useSignOut } from './use-sign-out.ts';

const CHOICES: { status: PresenceStatus; label: string; hint: string }[] = [
  { status: 'online', label: 'Online', hint: 'Ready for new chats' },
  { status: 'away', label: 'Away', hint: 'Back in a moment' },
  { status: 'busy', label: 'Busy', hint: 'Only the chats you have' },
  { status: 'offline', label: 'Offline', hint: 'Not at work' },
];

/** One's own name and presence; opens the choice of presence and the way out. */
export function PresenceMenu({ user }: { user: SessionUser }) {
  const { presence } = useConsole();
  const signOut = useSignOut();
  const { route } = useLocation();
  const own = presence.own.value;
  const label = CHOICES.find(({ status }) => status === own)?.label ?? own;
  const entries: MenuEntry[] = CHOICES.map((choice) => ({
    key: choice.status,
    label: choice.label,
    hint: choice.hint,
    icon: <PresenceDot status={choice.status} />,
    checked: choice.status === own,
    onSelect: () => void presence.choose(choice.status),
  }));
  entries.push(
    {
      key: 'account',
      label: 'Password and sessions',
      icon: <CircleUserRound size={15} />,
      separated: true,
      onSelect: () => route('/agent/account'),
    },
    {
      key: 'sign-out',
      label: 'Sign out',
      icon: <LogOut size={15} />,
      onSelect: () => void signOut(),
    },
  );
  return (
    <div class="presence-card">
      <Avatar name={user.name} size="sm">
        <PresenceDot status={own} />
      </Avatar>
      <span class="presence-name" dir="auto">
        {user.name}
      </span>
      <Menu
        label={`Presence: ${label}`}
        triggerClass="presence-button"
        opens="up"
        entries={entries}
        trigger={
          <>
            <span class="presence-status">{label}</span>
            <ChevronsUpDown size={14} class="presence-chevron" />
          </>
        }
      />
    </div>
  );
}
