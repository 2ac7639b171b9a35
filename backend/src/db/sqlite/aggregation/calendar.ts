const DAY = 86_400_000;

/** The day's number in its year, from 1. `local` is a moment of UTC that shows the local time. */
export function dayOfYear(local: number): number {
  const date = new Date(local);
  return Math.floor((local - yearStart(date.getUTCFullYear())) / DAY) + 1;
}

/** 1 for Sunday to 7 for Saturday. */
export function dayOfWeek(local: number): number {
  return new Date(local).getUTCDay() + 1;
}

/** 1 for Monday to 7 for Sunday. */
export function isoDayOfWeek(local: number): number {
  return new Date(local).getUTCDay() || 7;
}

/** Weeks of the year that begin with Sunday; 0 before the first Sunday. */
export function weekOfYear(local: number): number {
  return Math.floor((dayOfYear(local) + 6 - new Date(local).getUTCDay()) / 7);
}

/** ISO 8601's week and the year that it belongs to: the one of its Thursday. */
export function isoWeek(local: number): { week: number; year: number } {
  const thursday = local + (4 - isoDayOfWeek(local)) * DAY;
  return {
    week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1,
    year: new Date(thursday).getUTCFullYear(),
  };
}

/** The local midnight that begins an ISO 8601 year: the Monday of the week with January 4. */
export function isoYearStart(year: number): number {
  const fourth = yearStart(year) + 3 * DAY;
  return fourth - (isoDayOfWeek(fourth) - 1) * DAY;
}

/** A local time months later; a day that its month does not have becomes the last one. */
export function addMonths(local: number, months: number): number {
  const date = new Date(local);
  const total = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, month] = [Math.floor(total / 12), ((total % 12) + 12) % 12];
  const last = new Date(0);
  last.setUTCFullYear(year, month + 1, 0);
  const moved = new Date(local);
  moved.setUTCFullYear(year, month, Math.min(date.getUTCDate(), last.getUTCDate()));
  return moved.getTime();
}

/** Months since the year 0. */
export function monthNumber(local: number): number {
  const date = new Date(local);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Days since 1970-01-01. */
export function dayNumber(local: number): number {
  return Math.floor(local / DAY);
}

function yearStart(year: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, 0, 1);
  return date.getTime();
}
