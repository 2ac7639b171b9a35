import { useMemo, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { failureCode, failureText } from '../../models/failure-text.ts';
import { PASSWORD_RULE, passwordProblem } from '../../models/password-policy.ts';
import { createSubmission } from '../../models/submission.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Passwords {
  currentPassword: string;
  newPassword: string;
}

/** Changing the password, which ends every other session. */
export function PasswordCard({ onChanged }: { onChanged(): void }) {
  const { session, alerts } = useConsole();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMemo(
    () => createSubmission((input: Passwords) => session.changePassword(input), explain),
    [],
  );
  const problem = passwordProblem(newPassword);

  const submit = async () => {
    setTried(true);
    if (problem !== null || !(await change.run({ currentPassword, newPassword }))) return;
    setCurrent('');
    setNew('');
    setTried(false);
    onChanged();
    alerts.tell({ tone: 'good', title: 'Password changed', detail: 'Your other sessions have ended.' });
  };

  return (
    <section class="card" aria-labelledby="password-title">
      <div class="card-head">
        <div>
          <h2 id="password-title" class="card-title">
            Password
          </h2>
          <p class="card-text">A new one signs you out on all other devices.</p>
        </div>
      </div>
      <form
        class="card-body card-body--narrow form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {change.failure.value !== null && <Notice tone="bad">{change.failure.value}</Notice>}
        <input type="hidden" autocomplete="username" value={session.user.value?.email ?? ''} />
        <TextField
          label="Current password"
          type="password"
          value={currentPassword}
          onText={setCurrent}
          autocomplete="current-password"
          required
        />
        <TextField
          label="New password"
          type="password"
          value={newPassword}
          onText={setNew}
          hint={PASSWORD_RULE}
          problem={tried ? problem : null}
          autocomplete="new-password"
          required
        />
        <div>
          <Button kind="primary" type="submit" busy={change.busy.value}>
            Change password
          </Button>
        </div>
      </form>
    </section>
  );
}

function explain(error: unknown): string {
  const text = failureText(error);
  // The new password's rules are checked before it is sent, so what is left to refuse is the current one.
  return failureCode(error) === 'VALIDATION_FAILED' && text.startsWith('currentPassword')
    ? 'The current password is not right.'
    : text;
}
