import { z } from 'zod';
import { WEEKDAYS } from './constants.ts';

/** Does this runtime know the time zone? */
function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:00');

/** When a site or a department is there for its customers. No `weekly` at all: always, besides `holidays`. */
export const businessHours = z.strictObject({
  /** A name of the IANA time zone database, e.g. `Europe/Berlin`. */
  timeZone: z.string().max(64).refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin'),
  /** From `open` to `close` by the clock on the wall; a `close` that is not after `open` is the next day's. */
  weekly: z
    .array(
      z.strictObject({
        day: z.enum(WEEKDAYS),
        open: timeOfDay,
        close: z.union([timeOfDay, z.literal('24:00')]),
      }),
    )
    .max(50),
  /** Dates, e.g. `2026-12-25`, on which nothing opens. */
  holidays: z.array(z.iso.date()).max(366).default([]),
});
export type BusinessHours = z.infer<typeof businessHours>;

/** Is somebody there for customers? Who or how many is for staff alone. */
export const availability = z.object({
  /** Within the business hours? */
  isOpen: z.boolean(),
  /**
   * Does nobody answer now: is it closed, or nobody online where chats are offered by themselves? Who begins a chat then
   * leaves an e-mail address with it.
   */
  isAway: z.boolean(),
  /** When the business hours begin again; missing where they have begun, or never will. */
  opensAt: z.iso.datetime().optional(),
});
export type Availability = z.infer<typeof availability>;
