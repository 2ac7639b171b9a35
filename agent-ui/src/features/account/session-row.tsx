import { deviceName } from '../../models/device-name.ts';
import type { Session } from '../../models/session-model.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Laptop, Smartphone } from '../../ui/icons.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** One session: on what, from where, when it was used last. */
export function SessionRow({ session, onEnd }: { session: Session; onEnd(): void }) {
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
          {session.current && <Badge tone="good">This session</Badge>}
        </div>
        <span class="row-sub">
          {session.ipAddress} · last active <RelativeTime at={session.lastUsedAt} />
        </span>
      </div>
      {!session.current && (
        <Button onClick={onEnd} aria-label={`Sign out ${device.name}, ${session.ipAddress}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}
