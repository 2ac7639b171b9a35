import './presence-menu.css';
import { useLocation } from 'preact-iso/router';
import { useConsole } from '../../context.ts';
import { PRESENCE_WORDS, type PresenceStatus } from '../../models/presence-model.ts';
import type { SessionUser } from '../../models/session-model.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { PresenceDot } from '../../ui/badge.tsx';
import { ChevronsUpDown, CircleUserRound, LogOut } from '../../ui/icons.ts';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { useSignOut } from './use-sign-out.ts';

const CHOICES: { status: PresenceStatus; hint: string }[] = [
  { status: 'online', hint: 'Ready for new chats' },
  { status: 'away', hint: 'Back in a moment' },
  { status: 'busy', hint: 'Only the chats you have' },
  { status: 'offline', hint: 'Not at work' },
];

/** One's own name and presence; opens the choice of presence and the way out. */
export function PresenceMenu({ user }: { user: SessionUser }) {
  const { presence } = useConsole();
  const signOut = useSignOut();
  const { route } = useLocation();
  const own = presence.own.value;
  const entries: MenuEntry[] = CHOICES.map((choice) => ({
    key: choice.status,
    label: PRESENCE_WORDS[choice.status],
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
        label={`Presence: ${PRESENCE_WORDS[own]}`}
        triggerClass="presence-button"
        opens="up"
        entries={entries}
        trigger={
          <>
            <span class="presence-status">{PRESENCE_WORDS[own]}</span>
            <ChevronsUpDown size={14} class="presence-chevron" />
          </>
        }
      />
    </div>
  );
}
