import { duration, fullTime, shortAge } from './moments.ts';
import { useNow } from './use-now.ts';

/** How long ago, kept up to date; the full time is its tooltip. */
export function RelativeTime({ at }: { at: string }) {
  const now = useNow();
  const moment = new Date(at);
  return (
    <time dateTime={at} title={fullTime(moment)}>
      {shortAge(moment, now)}
    </time>
  );
}

/** For how long since a moment, kept up to date. */
export function Elapsed({ since }: { since: string }) {
  const now = useNow();
  return <>{duration(now.getTime() - Date.parse(since))}</>;
}
