import { useLocation } from 'preact-iso/router';
import { useMemo, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { PASSWORD_RULE, passwordProblem } from '../../models/password-policy.ts';
import { createSubmission } from '../../models/submission.ts';
import { NAME_LIMIT, tooLong } from '../../models/text-limits.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { GatePage } from '../login/gate-page.tsx';

interface SetupFormProps {
  token: string;
  explain(error: unknown): string;
}

/** Name, e-mail and password of the first admin. */
export function SetupForm({ token, explain }: SetupFormProps) {
  const { session } = useConsole();
  const { route } = useLocation();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const create = useMemo(
    () => createSubmission((input: Parameters<typeof session.setup>[0]) => session.setup(input), explain),
    [],
  );
  const nameProblem = tooLong(name.trim(), NAME_LIMIT);
  const problem = passwordProblem(password);

  const submit = async () => {
    setTried(true);
    if (problem !== null || nameProblem !== null) return;
    if (await create.run({ token, name: name.trim(), email: email.trim(), password })) route('/agent', true);
  };

  return (
    <GatePage title="Set up WZATCO" lead="Create the first admin. You can invite your team right after.">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {create.failure.value !== null && <Notice tone="bad">{create.failure.value}</Notice>}
        <TextField
          label="Name"
          value={name}
          onText={setName}
          autocomplete="name"
          problem={nameProblem}
          required
          autoFocus
        />
        <TextField
          label="E-mail"
          type="email"
          value={email}
          onText={setEmail}
          autocomplete="username"
          maxLength={254}
          required
        />
        <TextField
          label="Password"
          type="password"
          value={password}
          onText={setPassword}
          hint={PASSWORD_RULE}
          problem={tried ? problem : null}
          autocomplete="new-password"
          required
        />
        <Button kind="primary" type="submit" large block busy={create.busy.value}>
          Create admin
        </Button>
      </form>
    </GatePage>
  );
}
