import { useLocation } from 'preact-iso/router';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { failureCode, failureText } from '../../models/failure-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { GatePage } from '../login/gate-page.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { SetupForm } from './setup-form.tsx';

type Answer = 'asking' | 'needed' | 'done' | { failure: string };

/** The first run: whoever has the link of the server's log creates the first admin. */
export function SetupPage() {
  usePageTitle('Set up');
  const { session } = useConsole();
  const { query } = useLocation();
  const token = query['token'] ?? '';
  const [answer, setAnswer] = useState<Answer>('asking');
  const ask = useMemo(
    () => () => {
      setAnswer('asking');
      session.setupNeeded().then(
        (needed) => setAnswer(needed ? 'needed' : 'done'),
        (error: unknown) => setAnswer({ failure: failureText(error) }),
      );
    },
    [],
  );
  useEffect(ask, []);

  if (answer === 'asking') return <GatePage title="Set up WZATCO" lead="One moment…" />;
  if (answer === 'done') {
    return (
      <GatePage
        title="Already set up"
        lead={
          <>
            The first admin exists, so this link has done its work.{' '}
            <a class="text-link" href="/agent/login">
              Go to sign in
            </a>
          </>
        }
      />
    );
  }
  if (typeof answer === 'object') {
    return (
      <GatePage title="Set up WZATCO">
        <Notice tone="bad">{answer.failure}</Notice>
        <Button large block onClick={ask}>
          Try again
        </Button>
      </GatePage>
    );
  }
  if (token === '') return <LookInTheLog />;
  return <SetupForm token={token} explain={explain} />;
}

function LookInTheLog() {
  return (
    <GatePage
      title="The link is not complete"
      lead={
        <>
          Look in the server’s log: the first start printed a one-time link that ends in{' '}
          <code>/agent/setup?token=…</code>. Open it as it stands there.
        </>
      }
    />
  );
}

function explain(error: unknown): string {
  const code = failureCode(error);
  if (code === 'CONFLICT') return 'The first admin has been created meanwhile. Go to sign in.';
  return code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' || code === 'NOT_FOUND'
    ? 'This link is not the one of this server. Look in the server’s log for the newest one.'
    : failureText(error);
}
