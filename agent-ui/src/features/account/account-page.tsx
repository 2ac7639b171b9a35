import { useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { Page } from '../shell/page.tsx';
import { AppearanceCard } from './appearance-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

/** One's own settings. */
export function AccountPage() {
  const { session } = useConsole();
  const user = session.user.value;
  const [changes, setChanges] = useState(0);
  return (
    <Page title="Account" lead={user ? `${user.name} · ${user.email}` : ''}>
      <AppearanceCard />
      <PasswordCard onChanged={() => setChanges(changes + 1)} />
      <SessionsCard key={changes} />
    </Page>
  );
}
