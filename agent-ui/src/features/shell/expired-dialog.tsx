import { useMemo, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { failureCode, failureText } from '../../models/failure-text.ts';
import { createSubmission } from '../../models/submission.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSignOut } from './use-sign-out.ts';

/** The session has ended while in use: asks for the password in place, so that nothing on the page is lost. */
export function ExpiredDialog() {
  const { session } = useConsole();
  const signOut = useSignOut();
  const [password, setPassword] = useState('');
  const email = session.user.value?.email ?? '';
  const signIn = useMemo(
    () =>
      createSubmission(
        () => session.login({ email, password }),
        (error) =>
          failureCode(error) === 'UNAUTHENTICATED'
            ? 'This password is not right, or the account is no longer active.'
            : failureText(error),
      ),
    [email, password],
  );
  return (
    <Dialog title="Your session has ended">
      <p class="dialog-text">Enter your password to go on. Your drafts and unsent messages are still here.</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn.run(undefined);
        }}
      >
        {signIn.failure.value !== null && <Notice tone="bad">{signIn.failure.value}</Notice>}
        <TextField
          label="E-mail"
          type="email"
          value={email}
          onText={() => undefined}
          autocomplete="username"
          readOnly
        />
        <TextField
          label="Password"
          type="password"
          value={password}
          onText={setPassword}
          autocomplete="current-password"
          required
          autoFocus
        />
        <div class="dialog-actions">
          <Button kind="quiet" onClick={() => void signOut()}>
            Use another account
          </Button>
          <Button kind="primary" type="submit" busy={signIn.busy.value}>
            Sign in
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
