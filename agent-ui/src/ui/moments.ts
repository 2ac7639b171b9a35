const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The calendar day of a moment in a time zone (the reader's own unless named), as `2026-03-01`. */
export function dayOf(moment: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone !== undefined && { timeZone }),
  }).format(moment);
}

/** The heading of a day: Today, Yesterday, a weekday within the last week, else a date. */
export function dayTitle(moment: Date, now: Date, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const age = Math.round((Date.parse(dayOf(now, timeZone)) - Date.parse(dayOf(moment, timeZone))) / DAY);
  if (age === 0) return 'Today';
  if (age === 1) return 'Yesterday';
  if (age > 1 && age < 7) return new Intl.DateTimeFormat('en', { weekday: 'long', ...zone }).format(moment);
  const sameYear = dayOf(now, timeZone).slice(0, 4) === dayOf(moment, timeZone).slice(0, 4);
  return new Intl.DateTimeFormat('en', {
    day: 'numeric',
    month: 'long',
    ...(!sameYear && { year: 'numeric' }),
    ...zone,
  }).format(moment);
}

/** How long ago in as few letters as a list has room for: now, 4m, 3h, 2d, 12 Mar. */
export function shortAge(moment: Date, now: Date): string {
  const age = now.getTime() - moment.getTime();
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < DAY) return `${Math.floor(age / HOUR)}h`;
  if (age < 7 * DAY) return `${Math.floor(age / DAY)}d`;
  return new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' }).format(moment);
}

/** How long something has lasted: <1 min, 4 min, 1 h 20 min, 3 d. */
export function duration(milliseconds: number): string {
  if (milliseconds < MINUTE) return '<1 min';
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < DAY) {
    const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
    return `${Math.floor(milliseconds / HOUR)} h${minutes === 0 ? '' : ` ${minutes} min`}`;
  }
  return `${Math.floor(milliseconds / DAY)} d`;
}

/** The time of day as the reader writes it. */
export function clockTime(moment: Date): string {
  return new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(moment);
}

/** Date and time in full, for tooltips and timelines. */
export function fullTime(moment: Date): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(moment);
}

/** From when to when, as short as can be: the day once, and one time where both are in the same minute. */
export function timeSpan(from: Date, to: Date, locale?: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone !== undefined && { timeZone }),
  });
  // A clock that was put back must not make it fail.
  return format.formatRange(from, to < from ? from : to);
}
