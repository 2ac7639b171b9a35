import { useEffect, useState } from 'preact/hooks';
import { useConsole } from '../../context.ts';
import { deviceName } from '../../models/device-name.ts';
import { failureText } from '../../models/failure-text.ts';
import type { Session } from '../../models/session-model.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Laptop, Smartphone } from '../../ui/icons.ts';
import { Notice } from '../../ui/notice.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** Where one is signed in, and how to end it. */
export function SessionsCard() {
  const { session, alerts } = useConsole();
  const [sessions, setSessions] = useState<Session[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);

  const load = async () => {
    setFailure(null);
    try {
      setSessions(await session.sessions());
    } catch (error) {
      setFailure(failureText(error));
    }
  };
  useEffect(() => void load(), []);

  const end = async (key: string, action: () => Promise<unknown>, done: string) => {
    setBusy(key);
    try {
      await action();
      alerts.tell({ tone: 'good', title: done });
    } catch (error) {
      alerts.tell({ tone: 'bad', title: 'Session not ended', detail: failureText(error) });
    } finally {
      setBusy(null);
    }
    await load();
  };

  const others = sessions?.some(({ current }) => !current) ?? false;
  return (
    <section class="card" aria-labelledby="sessions-title">
      <div class="card-head">
        <div>
          <h2 id="sessions-title" class="card-title">
            Sessions
          </h2>
          <p class="card-text">Where you are signed in.</p>
        </div>
        {others && (
          <Button
            busy={busy === 'others'}
            onClick={() =>
              void end('others', () => session.revokeOtherSessions(), 'All other sessions have ended')
            }
          >
            Sign out everywhere else
          </Button>
        )}
      </div>
      {failure !== null && (
        <div class="card-body form">
          <Notice tone="bad">{failure}</Notice>
          <Button onClick={() => void load()}>Retry</Button>
        </div>
      )}
      <ul class="card-rows">
        {sessions === null && failure === null && (
          <li>
            <Skeleton width="medium" />
          </li>
        )}
        {sessions?.map((each) => (
          <SessionRow
            key={each.id}
            session={each}
            busy={busy === each.id}
            onEnd={() => void end(each.id, () => session.revokeSession(each.id), 'The session has ended')}
          />
        ))}
      </ul>
    </section>
  );
}

function SessionRow({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd(): void }) {
  const device = deviceName(session.userAgent);
  return (
    <li>
      <span class="row-icon" aria-hidden="true">
        {device.handheld ? <Smartphone size={18} /> : <Laptop size={18} />}
      </span>
      <div class="row-main">
        <div class="row-line">
          <span class="row-name" title={session.userAgent}>
            {device.name}
          </span>
          {session.current && <Badge tone="good">This device</Badge>}
        </div>
        <span class="row-sub">
          {session.ipAddress} · used <RelativeTime at={session.lastUsedAt} />
        </span>
      </div>
      {!session.current && (
        <Button busy={busy} onClick={onEnd} aria-label={`Sign out ${device.name}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}
