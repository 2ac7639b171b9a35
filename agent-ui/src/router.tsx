import { LocationProvider, Route, Router, useLocation } from 'preact-iso/router';
import { useLayoutEffect } from 'preact/hooks';
import { useConsole } from './context.ts';
import { AccountPage } from './features/account/account-page.tsx';
import { InboxPage } from './features/inbox/inbox-page.tsx';
import { LoginPage } from './features/login/login-page.tsx';
import { NoAccessPage } from './features/login/no-access-page.tsx';
import { ResetPasswordPage } from './features/login/reset-password-page.tsx';
import { SetupPage } from './features/setup/setup-page.tsx';
import { Shell } from './features/shell/shell.tsx';
import { Splash } from './features/shell/splash.tsx';
import { NotFoundPage } from './features/shell/not-found-page.tsx';
import { TeamPage } from './features/team/team-page.tsx';

/** Which page an address shows, and which needs somebody to be signed in. */
export function ConsoleRouter() {
  return (
    <LocationProvider scope={/^\/agent(?:[/?]|$)/}>
      <Gate />
    </LocationProvider>
  );
}

function Gate() {
  const { session } = useConsole();
  const { path } = useLocation();
  const status = session.status.value;
  const user = session.user.value;

  if (path === '/agent/setup') return <SetupPage />;
  if (path === '/agent/reset-password') return <ResetPasswordPage />;
  if (status === 'unknown') return <Splash />;
  if (path === '/agent/login') return status === 'signed-out' ? <LoginPage /> : <LeaveLogin />;
  if (status === 'signed-out' || user === null) return <AskToSignIn />;
  if (user.role === 'user') return <NoAccessPage />;
  return (
    <Shell>
      <Router>
        <Route path="/agent" component={InboxPage} />
        <Route path="/agent/chats/:id" component={InboxPage} />
        <Route path="/agent/account" component={AccountPage} />
        <Route path="/agent/team" component={user.role === 'admin' ? TeamPage : NotFoundPage} />
        <Route default component={NotFoundPage} />
      </Router>
    </Shell>
  );
}

/** Signed in on the login page: on to where they wanted to go. Only addresses of the console are followed. */
function LeaveLogin() {
  const { route, query } = useLocation();
  const next = query['next'] ?? '';
  useLayoutEffect(() => route(/^\/agent(?:[/?]|$)/.test(next) ? next : '/agent', true), []);
  return <Splash />;
}

function AskToSignIn() {
  const { route, url } = useLocation();
  useLayoutEffect(() => {
    route(url === '/agent' ? '/agent/login' : `/agent/login?next=${encodeURIComponent(url)}`, true);
  }, []);
  return <Splash />;
}
