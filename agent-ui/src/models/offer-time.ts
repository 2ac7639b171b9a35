/** No site gives more time for an offer (`offerSeconds`, 5–600), in seconds. */
const LONGEST = 600;

/**
 * How many seconds are left of an offer; null where this computer's clock is so far off that nobody can say.
 *
 * @param expiresAt ISO 8601, by the server's clock
 * @example secondsLeft('2026-01-05T09:00:30Z', new Date('2026-01-05T09:00:10Z')) // 20
 */
export function secondsLeft(expiresAt: string, now: Date): number | null {
  const seconds = Math.ceil((Date.parse(expiresAt) - now.getTime()) / 1000);
  return seconds >= 0 && seconds <= LONGEST ? seconds : null;
}
