import { useMemo, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { PRESENCE_WORDS } from '../../models/presence-model.ts';
import { createSubmission } from '../../models/submission.ts';
import type { User } from '../../models/users-model.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge, PresenceDot } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Ellipsis, RotateCcw, Lock } from '../../ui/icons.ts';
import { Menu } from '../../ui/menu.tsx';
import { Notice } from '../../ui/notice.tsx';

const ROLE: Record<User['role'], string> = { admin: 'Admin', agent: 'Agent', user: 'Customer login' };

/** One user of the team: who, what they may, whether they are there. */
export function UserRow({ user }: { user: User }) {
  const { presence, session, users, alerts } = useConsole();
  const [suspending, setSuspending] = useState(false);
  const own = user.id === session.user.value?.id;
  const suspended = user.status === 'suspended';
  const there = own ? presence.own.value : (presence.agents.value.get(user.id) ?? 'offline');

  const reactivate = async () => {
    const letIn = createSubmission(() => users.setSuspended(user.id, false));
    if (await letIn.run(undefined)) alerts.tell({ tone: 'good', title: `${user.name} can sign in again` });
    else alerts.tell({ tone: 'bad', title: 'Not reactivated', detail: letIn.failure.value ?? '' });
  };

  return (
    <li class={classNames('user-row', suspended && 'user-row--out')}>
      <Avatar name={user.name} picture={user.avatar}>
        {!suspended && user.role !== 'user' && <PresenceDot status={there} />}
      </Avatar>
      <div class="row-main">
        <div class="row-line">
          <span class="row-name" dir="auto">
            {user.name}
          </span>
          {own && <Badge>You</Badge>}
          {suspended && <Badge tone="bad">Suspended</Badge>}
          {user.status === 'inactive' && <Badge>Inactive</Badge>}
        </div>
        <span class="row-sub" dir="auto">
          {user.email}
        </span>
        {!suspended && user.role !== 'user' && <span class="visually-hidden">{PRESENCE_WORDS[there]}</span>}
      </div>
      <div class="user-chips">
        <Badge tone={user.role === 'admin' ? 'accent' : 'neutral'}>{ROLE[user.role]}</Badge>
        {user.department !== null && <Badge>{user.department}</Badge>}
      </div>
      {!own && (
        <Menu
          label={`Actions for ${user.name}`}
          triggerClass="icon-button"
          trigger={<Ellipsis size={18} />}
          entries={[
            suspended
              ? {
                  key: 'in',
                  label: 'Reactivate',
                  icon: <RotateCcw size={15} />,
                  onSelect: () => void reactivate(),
                }
              : {
                  key: 'out',
                  label: 'Suspend…',
                  icon: <Lock size={15} />,
                  danger: true,
                  onSelect: () => setSuspending(true),
                },
          ]}
        />
      )}
      {suspending && <SuspendDialog user={user} onClose={() => setSuspending(false)} />}
    </li>
  );
}

function SuspendDialog({ user, onClose }: { user: User; onClose(): void }) {
  const { users } = useConsole();
  const suspend = useMemo(() => createSubmission(() => users.setSuspended(user.id, true)), [user.id]);
  return (
    <Dialog title={`Suspend ${user.name}?`} onClose={onClose}>
      <p class="dialog-text">
        They are signed out everywhere at once and cannot sign in until you reactivate them.
      </p>
      {suspend.failure.value !== null && <Notice tone="bad">{suspend.failure.value}</Notice>}
      <div class="dialog-actions">
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button
          kind="danger"
          busy={suspend.busy.value}
          onClick={() => void suspend.run(undefined).then((done) => done && onClose())}
        >
          Suspend
        </Button>
      </div>
    </Dialog>
  );
}
