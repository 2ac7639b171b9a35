import { useMemo } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { createSubmission } from '../../models/submission.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { GatePage } from './gate-page.tsx';

/** For somebody who has a login, but not as staff. */
export function NoAccessPage() {
  usePageTitle('No access');
  const { session } = useConsole();
  const leave = useMemo(() => createSubmission(() => session.logout()), []);
  return (
    <GatePage
      title="This console is for the support team"
      lead={`You are signed in as ${session.user.value?.email ?? 'a customer'}. Ask an admin if you should have access.`}
    >
      {leave.failure.value !== null && <Notice tone="bad">{leave.failure.value}</Notice>}
      <Button large block busy={leave.busy.value} onClick={() => void leave.run(undefined)}>
        Sign out
      </Button>
    </GatePage>
  );
}
