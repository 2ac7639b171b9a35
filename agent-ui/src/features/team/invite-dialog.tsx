import { useEffect, useMemo, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { failureCode, failureText } from '../../models/failure-text.ts';
import { PASSWORD_RULE, passwordProblem } from '../../models/password-policy.ts';
import { createSubmission } from '../../models/submission.ts';
import { NAME_LIMIT, tooLong } from '../../models/text-limits.ts';
import type { CreatedUser, CreateUserInput } from '../../models/users-model.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { InvitationLink } from './invitation-link.tsx';

const ROLES = [
  { value: 'agent', label: 'Agent: answers chats' },
  { value: 'admin', label: 'Admin: manages everything' },
];

/** Makes a user; without a password the answer is a link to hand over. */
export function InviteDialog({ onClose }: { onClose(): void }) {
  const { users, alerts } = useConsole();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<'agent' | 'admin'>('agent');
  const [department, setDepartment] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [created, setCreated] = useState<CreatedUser | null>(null);
  const create = useMemo(
    () => createSubmission(async (input: CreateUserInput) => setCreated(await users.create(input)), explain),
    [],
  );
  useEffect(() => {
    users.loadDepartments().catch((error: unknown) => {
      alerts.tell({ tone: 'bad', title: 'Departments not loaded', detail: failureText(error) });
    });
  }, []);

  const nameProblem = tooLong(name.trim(), NAME_LIMIT);
  const problem = password === '' ? null : passwordProblem(password);
  const submit = () => {
    setTried(true);
    if (problem !== null || nameProblem !== null) return;
    void create.run({
      name: name.trim(),
      email: email.trim(),
      role,
      ...(department !== '' && { department }),
      ...(password !== '' && { password }),
    });
  };

  if (created) return <InvitationLink user={created} onClose={onClose} />;
  return (
    <Dialog title="Invite to the team" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {create.failure.value !== null && <Notice tone="bad">{create.failure.value}</Notice>}
        <TextField
          label="Name"
          value={name}
          onText={setName}
          problem={nameProblem}
          autocomplete="off"
          required
          autoFocus
        />
        <TextField
          label="E-mail"
          type="email"
          value={email}
          onText={setEmail}
          maxLength={254}
          autocomplete="off"
          required
        />
        <SelectField
          label="Role"
          value={role}
          options={ROLES}
          onChoice={(value) => setRole(value === 'admin' ? 'admin' : 'agent')}
        />
        <SelectField
          label="Department"
          value={department}
          options={[
            { value: '', label: 'None: chats of no department' },
            ...users.departments.value.map((each) => ({ value: each.name, label: each.name })),
          ]}
          onChoice={setDepartment}
        />
        <TextField
          label="Password"
          type="password"
          optional
          value={password}
          onText={setPassword}
          hint={`Leave it empty to get an invitation link instead. ${PASSWORD_RULE}`}
          problem={tried ? problem : null}
          autocomplete="new-password"
        />
        <div class="dialog-actions">
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" busy={create.busy.value}>
            {password === '' ? 'Create invitation' : 'Create user'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function explain(error: unknown): string {
  return failureCode(error) === 'CONFLICT' ? 'Somebody already has this e-mail address.' : failureText(error);
}
