import type { Availability, BusinessHours } from '@wzatco/sdk/contract';

/**
 * What a customer is told who writes while nobody is there; null where somebody may be.
 *
 * @param hours by which it is open or not
 */
export function awayText(
  hours: BusinessHours | null,
  { isOpen, isAway, opensAt }: Availability,
): string | null {
  if (!isAway) return null;
  if (isOpen) return 'Nobody is here at the moment.';
  const opens = opensAt && hours ? ` We open again ${dayAndTime(opensAt, hours.timeZone)}.` : '';
  return `We are closed at the moment.${opens}`;
}

/** e.g. `on Monday 5 January at 09:00 CET` */
function dayAndTime(moment: string, timeZone: string): string {
  const date = new Date(moment);
  const day = date.toLocaleDateString('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
  const clock = { timeZone, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  return `on ${day} at ${date.toLocaleTimeString('en-GB', clock)}`;
}
