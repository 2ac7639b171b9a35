import type { Availability, BusinessHours } from '@wzatco/sdk/contract';
import type { RoutingPolicy } from '@wzatco/sdk/contract/constants';

/**
 * What a customer is told who writes while nobody is there; null where somebody may be. A site whose chats are claimed
 * by hand is there whenever it is open: who claims there need not say that they are online.
 *
 * @param hours by which it is open or not
 */
export function awayText(
  policy: RoutingPolicy,
  hours: BusinessHours | null,
  { isOpen, agentsOnline, opensAt }: Availability,
): string | null {
  if (!isOpen) {
    const opens = opensAt && hours ? ` We open again ${dayAndTime(opensAt, hours.timeZone)}.` : '';
    return `We are closed at the moment.${opens}`;
  }
  if (policy === 'manual' || agentsOnline > 0) return null;
  return 'Nobody is here at the moment.';
}

/** e.g. `on Monday 5 January at 09:00 CET` */
function dayAndTime(moment: string, timeZone: string): string {
  const date = new Date(moment);
  const day = date.toLocaleDateString('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
  const clock = { timeZone, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return `on ${day} at ${date.toLocaleTimeString('en-GB', clock)}`;
}
