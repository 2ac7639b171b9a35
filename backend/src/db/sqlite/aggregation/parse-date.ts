import { unsupported } from '../driver/errors.ts';
import { momentOf, UTC, zoneOf } from './zoned-time.ts';
import type { Zone } from './zoned-time.ts';

const ISO_8601 =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * Reads a date as ISO 8601 writes it; undefined for what is none.
 *
 * @param zone where the text names none
 * @throws MongoServerError for what may be a date in another form
 */
export function parseDate(text: string, zone?: Zone): Date | undefined {
  const match = ISO_8601.exec(text);
  if (match === null) return refuseOtherForms(text);
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', offset] = match;
  const parts = { year: Number(year), month: Number(month), day: Number(day) };
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  if (!isCalendarDay(parts) || clock.hour > 23 || clock.minute > 59 || clock.second > 59) return undefined;
  const millisecond = Number(fraction.padEnd(3, '0').slice(0, 3));
  const where = offset === undefined ? (zone ?? UTC) : zoneOf(offset);
  return new Date(momentOf({ ...parts, ...clock, millisecond }, where));
}

/** MongoDB reads many more ways of writing a date: only what cannot be one is wrong for certain. */
function refuseOtherForms(text: string): undefined {
  if (/^\d{4}-\d\d-\d\d/.test(text) || !/\d/.test(text)) return undefined;
  throw unsupported(`reading the date '${text}', which is not ISO 8601,`);
}

export function isCalendarDay({
  year,
  month,
  day,
}: {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
