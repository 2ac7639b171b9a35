import './team-page.css';
import { useEffect, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { failureText } from '../../models/failure-text.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Search, UserPlus } from '../../ui/icons.ts';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Page } from '../shell/page.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { UserRow } from './user-row.tsx';

const PAUSE = 250;

/** Who works here; admins invite, suspend and let in again. */
export function TeamPage() {
  const { users, presence, connection, alerts } = useConsole();
  const [q, setQ] = useState('');
  const [inviting, setInviting] = useState(false);
  const live = connection.value === 'online';

  useEffect(() => {
    const timer = setTimeout(() => void users.search(q), q === '' ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [q, live]);
  useEffect(() => {
    presence.load().catch((error: unknown) => {
      alerts.tell({ tone: 'bad', title: 'Presence of the team not loaded', detail: failureText(error) });
    });
  }, [live]);

  return (
    <Page
      title="Team"
      lead="Everybody who can sign in."
      action={
        <Button kind="primary" icon={<UserPlus size={16} />} onClick={() => setInviting(true)}>
          Invite
        </Button>
      }
    >
      <section class="card" aria-label="Users">
        <div class="card-head">
          <div class="search-frame team-search" role="search">
            <Search size={15} />
            <input
              class="search-field"
              type="search"
              dir="auto"
              aria-label="Search the team"
              placeholder="Search name or e-mail"
              maxLength={100}
              value={q}
              onInput={(event) => setQ(event.currentTarget.value)}
            />
          </div>
        </div>
        <UserRows q={q} />
      </section>
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}

function UserRows({ q }: { q: string }) {
  const { users } = useConsole();
  const list = users.users.value;
  const loading = users.loading.value;
  const failure = users.failure.value;
  return (
    <>
      {failure !== null && (
        <div class="card-body form">
          <Notice tone="bad">{failure}</Notice>
          <Button onClick={() => void users.search(q)}>Retry</Button>
        </div>
      )}
      {!loading && failure === null && list.length === 0 && (
        <EmptyState icon={<Search size={22} />} title="Nobody found">
          No name or e-mail matches “{q}”.
        </EmptyState>
      )}
      <ul class="card-rows" aria-busy={loading}>
        {loading && list.length === 0 && (
          <li>
            <Skeleton shape="round" />
            <div class="row-main">
              <Skeleton width="medium" />
            </div>
          </li>
        )}
        {list.map((user) => (
          <UserRow key={user.id} user={user} />
        ))}
        {users.more.value && (
          <li class="team-foot">
            <Button kind="quiet" busy={loading} onClick={() => void users.loadMore()}>
              Load more
            </Button>
          </li>
        )}
      </ul>
    </>
  );
}
