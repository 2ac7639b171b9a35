import type { BusinessHours } from '@wzatco/sdk/contract';
import { WEEKDAYS } from '@wzatco/sdk/contract/constants';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Beyond so many days nothing opens: all holidays that can be named, and a week. */
const DAYS_AHEAD = 366 + 8;

/** What the clock on the wall shows, as if it were UTC: days and minutes can be counted with it. */
type WallTime = number;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const parts = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    ...parts,
  });
  formatters.set(timeZone, made);
  return made;
}

function wallTimeAt(timeZone: string, moment: number): WallTime {
  const parts = formatterOf(timeZone).formatToParts(moment);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'));
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The intervals that begin on the date of a wall time, as wall times; an interval may end on the next date. */
function intervalsOf(hours: BusinessHours, date: WallTime): { open: WallTime; close: WallTime }[] {
  const midnight = Math.floor(date / DAY) * DAY;
  const day = new Date(midnight);
  if (hours.holidays.includes(day.toISOString().slice(0, 10))) return [];
  // Without any interval the day is open as a whole.
  if (hours.weekly.length === 0) return [{ open: midnight, close: midnight + DAY }];
  const weekday = WEEKDAYS[day.getUTCDay()];
  return hours.weekly
    .filter((interval) => interval.day === weekday)
    .map(({ open, close }) => {
      const [from, to] = [minutesOf(open), minutesOf(close)];
      return { open: midnight + from * MINUTE, close: midnight + (to > from ? to : to + 24 * 60) * MINUTE };
    });
}

/**
 * Is it open then, by the clock on the wall of the hours' time zone? No hours: always.
 *
 * @example isOpenAt({ timeZone: 'Europe/Berlin', weekly: [{ day: 'monday', open: '09:00', close: '17:00' }], holidays: [] }, now)
 */
export function isOpenAt(hours: BusinessHours | null, date: Date): boolean {
  if (!hours) return true;
  const wall = wallTimeAt(hours.timeZone, date.getTime());
  // What began yesterday may last past midnight.
  return [...intervalsOf(hours, wall - DAY), ...intervalsOf(hours, wall)].some(
    ({ open, close }) => open <= wall && wall < close,
  );
}

/**
 * The first moment from `date` on at which it is open: `date` itself where it is, null where it never will be.
 *
 * @example nextOpening(hours, new Date('2026-03-28T20:00:00Z')) // Monday's 09:00, in the summer time that begins in between
 */
export function nextOpening(hours: BusinessHours | null, date: Date): Date | null {
  if (!hours || isOpenAt(hours, date)) return date;
  const from = date.getTime();
  const today = wallTimeAt(hours.timeZone, from);
  for (let day = 0; day <= DAYS_AHEAD; day += 1) {
    const date = today + day * DAY;
    const begins = intervalsOf(hours, date).flatMap(({ open }) => momentsOf(hours.timeZone, open));
    const moments = [...begins, ...changesOn(hours.timeZone, date)].filter(
      (moment) => moment > from && isOpenAt(hours, new Date(moment)),
    );
    if (moments.length > 0) return new Date(Math.min(...moments));
  }
  return null;
}

/**
 * When the clock on the wall begins to show a time: twice where it is set back over it, and where it is set forward
 * over it at the moment when that is done.
 */
function momentsOf(timeZone: string, wall: WallTime): number[] {
  const offsets = [wall - DAY, wall + DAY].map((moment) => wallTimeAt(timeZone, moment) - moment);
  const candidates = [...new Set(offsets)].map((offset) => wall - offset);
  const exact = candidates.filter((moment) => wallTimeAt(timeZone, moment) === wall);
  if (exact.length > 0) return exact;
  const [before, after] = [Math.min(...candidates), Math.max(...candidates)];
  return [firstMinute(before, after, (moment) => wallTimeAt(timeZone, moment) >= wall)];
}

/** When the clocks are changed on the date of a wall time: set back, they may show an open hour again. */
function changesOn(timeZone: string, date: WallTime): number[] {
  const midnight = Math.floor(date / DAY) * DAY;
  const [before = 0, after = 0] = [midnight, midnight + DAY].flatMap((wall) =>
    momentsOf(timeZone, wall).slice(0, 1),
  );
  const offsetAt = (moment: number) => wallTimeAt(timeZone, moment) - moment;
  const offset = offsetAt(before);
  if (offsetAt(after) === offset) return [];
  return [firstMinute(before, after, (moment) => offsetAt(moment) !== offset)];
}

/** The first minute after `before` that fits, where all from some minute up to `after` do. */
function firstMinute(before: number, after: number, fits: (moment: number) => boolean): number {
  if (after - before <= MINUTE) return after;
  const middle = before + Math.floor((after - before) / MINUTE / 2) * MINUTE;
  return fits(middle) ? firstMinute(before, middle, fits) : firstMinute(middle, after, fits);
}
