import { useLocation } from 'preact-iso/router';
import { useMemo, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { failureCode, failureText } from '../../models/failure-text.ts';
import { PASSWORD_RULE, passwordProblem } from '../../models/password-policy.ts';
import { createSubmission } from '../../models/submission.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { GatePage } from './gate-page.tsx';

/** Where an invitation link leads: choose a password, and be signed in. */
export function ResetPasswordPage() {
  usePageTitle('Choose a password');
  const { session } = useConsole();
  const { query, route } = useLocation();
  const token = query['token'] ?? '';
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const accept = useMemo(
    () =>
      createSubmission((chosen: string) => session.acceptInvitation({ token, password: chosen }), explain),
    [token],
  );
  const problem = passwordProblem(password);

  const submit = async () => {
    setTried(true);
    if (problem === null && (await accept.run(password))) route('/agent', true);
  };

  if (token === '') {
    return (
      <GatePage
        title="This link is not complete"
        lead="Open the invitation link exactly as you got it, or ask an admin for a new one."
      />
    );
  }
  return (
    <GatePage title="Choose your password" lead="It is all that is missing to join the team.">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {accept.failure.value !== null && <Notice tone="bad">{accept.failure.value}</Notice>}
        <TextField
          label="Password"
          type="password"
          value={password}
          onText={setPassword}
          hint={PASSWORD_RULE}
          problem={tried ? problem : null}
          autocomplete="new-password"
          required
          autoFocus
        />
        <Button kind="primary" type="submit" large block busy={accept.busy.value}>
          Save and sign in
        </Button>
      </form>
    </GatePage>
  );
}

function explain(error: unknown): string {
  const code = failureCode(error);
  return code === 'NOT_FOUND' || code === 'UNAUTHENTICATED' || code === 'FORBIDDEN'
    ? 'This link is no longer valid: it was used already or is more than seven days old. Ask an admin for a new one.'
    : failureText(error);
}
