import { useEffect, useMemo, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { failureCode, failureText } from '../../models/failure-text.ts';
import { createSubmission } from '../../models/submission.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { GatePage } from './gate-page.tsx';

interface Credentials {
  email: string;
  password: string;
}

/** Signing in; on a server without users it tells where the set-up link is. */
export function LoginPage() {
  usePageTitle('Sign in');
  const { session } = useConsole();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [setupNeeded, setSetupNeeded] = useState(false);
  const signIn = useMemo(() => createSubmission((input: Credentials) => session.login(input), explain), []);

  useEffect(() => {
    // Only a hint: when it cannot be had, signing in itself will say what is wrong.
    session.setupNeeded().then(setSetupNeeded, () => setSetupNeeded(false));
  }, []);

  if (setupNeeded) return <SetupFirst />;
  return (
    <GatePage title="Sign in" lead="Welcome back to your support console.">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn.run({ email: email.trim(), password });
        }}
      >
        {signIn.failure.value !== null && <Notice tone="bad">{signIn.failure.value}</Notice>}
        <TextField
          label="E-mail"
          type="email"
          value={email}
          onText={setEmail}
          autocomplete="username"
          required
          autoFocus
        />
        <TextField
          label="Password"
          type="password"
          value={password}
          onText={setPassword}
          autocomplete="current-password"
          required
        />
        <Button kind="primary" type="submit" large block busy={signIn.busy.value}>
          Sign in
        </Button>
      </form>
    </GatePage>
  );
}

function SetupFirst() {
  return (
    <GatePage
      title="Almost there"
      lead={
        <>
          This server has no users yet. Its log shows a one-time link that ends in{' '}
          <code>/agent/setup?token=…</code>; open it to create the first admin.
        </>
      }
    >
      <p class="gate-text">
        No log at hand? Set <code>ADMIN_EMAIL</code> and <code>ADMIN_PASSWORD</code> and start the server
        again.
      </p>
    </GatePage>
  );
}

function explain(error: unknown): string {
  return failureCode(error) === 'UNAUTHENTICATED' ? 'E-mail or password is not right.' : failureText(error);
}
