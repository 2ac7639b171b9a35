import './shell.css';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso/router';
import { useConsole } from '../../context.ts';
import { classNames } from '../../ui/class-names.ts';
import { Alerts } from './alerts.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ExpiredDialog } from './expired-dialog.tsx';
import { Offers } from './offers.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { Sidebar } from './sidebar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** What stands around every page once somebody is signed in. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { session, shortcuts } = useConsole();
  const { path } = useLocation();
  useShortcuts({ '?': () => shortcuts.setListed(true) });
  return (
    <div class={classNames('shell', path.startsWith('/agent/chats/') && 'shell--chat')}>
      <a class="skip-link" href="#main">
        Skip to the content
      </a>
      <Sidebar />
      <div class="shell-main">
        <ConnectionBanner />
        <main id="main" class="shell-content" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Offers />
      <Alerts />
      {shortcuts.listed.value && <ShortcutsDialog />}
      {session.status.value === 'expired' && <ExpiredDialog />}
    </div>
  );
}
