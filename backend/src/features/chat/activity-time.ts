const MINUTE = 60_000;

/**
 * When a chat was last active, as lists are ordered by it: to the minute. It stands in four of the chats' indexes, which
 * a chat that people talk in would else move through with every message.
 *
 * @example activityTime(new Date('2026-01-01T12:00:59Z')) // 12:00
 */
export function activityTime(at: Date): Date {
  return new Date(Math.floor(at.getTime() / MINUTE) * MINUTE);
}
