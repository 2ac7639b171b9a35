import { useEffect, useRef, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { failureText } from '../../models/failure-text.ts';
import type { Session } from '../../models/session-model.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EndSessionsDialog, type Ending } from './end-sessions-dialog.tsx';
import { SessionRow } from './session-row.tsx';

/** Where one is signed in, and how to end it. */
export function SessionsCard() {
  const { session, alerts } = useConsole();
  const [sessions, setSessions] = useState<Session[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [ending, setEnding] = useState<Ending | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const load = async () => {
    setFailure(null);
    try {
      const all = await session.sessions();
      setSessions(all.toSorted((a, b) => Number(b.current) - Number(a.current)));
    } catch (error) {
      setFailure(failureText(error));
    }
  };
  useEffect(() => void load(), []);

  const ended = async (message: string) => {
    setEnding(null);
    alerts.tell({ tone: 'good', title: message });
    await load();
    // What was pressed may be gone with its row: the focus must not be lost with it.
    heading.current?.focus();
  };

  const others = sessions?.filter(({ current }) => !current) ?? [];
  return (
    <section class="card" aria-labelledby="sessions-title">
      <div class="card-head">
        <div>
          <h2 id="sessions-title" class="card-title" ref={heading} tabIndex={-1}>
            Sessions
          </h2>
          <p class="card-text">
            {sessions !== null && others.length === 0
              ? 'You are signed in here and nowhere else.'
              : 'Where you are signed in. Sign out what you do not know.'}
          </p>
        </div>
        {others.length > 0 && (
          <Button onClick={() => setEnding({ others: others.length })}>Sign out everywhere else</Button>
        )}
      </div>
      {failure !== null && (
        <div class="card-body form">
          <Notice tone="bad">{failure}</Notice>
          <div>
            <Button onClick={() => void load()}>Retry</Button>
          </div>
        </div>
      )}
      <ul class="card-rows" aria-busy={sessions === null && failure === null}>
        {sessions === null && failure === null && (
          <li>
            <Skeleton shape="round" />
            <div class="row-main">
              <Skeleton width="medium" />
            </div>
          </li>
        )}
        {sessions?.map((each) => (
          <SessionRow key={each.id} session={each} onEnd={() => setEnding({ session: each })} />
        ))}
      </ul>
      {ending && <EndSessionsDialog ending={ending} onDone={ended} onClose={() => setEnding(null)} />}
    </section>
  );
}
