import { failure } from './failure.ts';
import { addMonths, dayNumber, monthNumber } from './calendar.ts';
import { fromLocal, toLocal } from './zoned-time.ts';
import type { Zone } from './zoned-time.ts';

/** Units of a fixed length, in milliseconds. */
const FIXED: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
};
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7 };
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const DAY = 86_400_000;
const REFERENCE = Date.UTC(2000, 0, 1);

export function unitOf(unit: unknown): string {
  if (typeof unit === 'string' && (unit in FIXED || unit in DAYS || unit in MONTHS)) return unit;
  throw failure(5439014, `unknown time unit value: ${String(unit)}`);
}

/** 0 for Sunday (which is meant where nothing is said) to 6; day names may be shortened to three letters. */
export function weekdayOf(day: unknown): number {
  if (day === undefined) return 0;
  const name = String(day).toLowerCase();
  const at = WEEKDAYS.findIndex((weekday) => weekday === name || weekday.slice(0, 3) === name);
  if (at < 0) throw failure(5439015, `unknown day of week value: ${String(day)}`);
  return at;
}

/** Adds units: calendar units keep the local time of day, shorter ones are exact durations. */
export function addUnits(moment: number, unit: string, amount: number, zone: Zone): number {
  const fixed = FIXED[unit];
  if (fixed !== undefined) return moment + amount * fixed;
  const local = toLocal(moment, zone);
  const days = DAYS[unit];
  if (days !== undefined) return fromLocal(local + amount * days * DAY, zone);
  return fromLocal(addMonths(local, amount * (MONTHS[unit] ?? 0)), zone);
}

/** How many beginnings of a unit lie between two moments. */
export function unitsBetween(from: number, to: number, unit: string, zone: Zone, weekStart: number): number {
  const fixed = FIXED[unit];
  if (fixed !== undefined) {
    // The clock of the beginning counts for both: a change of the zone's offset is no passing of time.
    const offset = zone(from);
    return Math.floor((to + offset) / fixed) - Math.floor((from + offset) / fixed);
  }
  const [start, end] = [toLocal(from, zone), toLocal(to, zone)];
  if (unit === 'day') return dayNumber(end) - dayNumber(start);
  // 1970-01-01 was a Thursday.
  const week = (local: number): number => Math.floor((dayNumber(local) + 4 - weekStart) / 7);
  if (unit === 'week') return week(end) - week(start);
  const months = MONTHS[unit] ?? 1;
  return Math.floor(monthNumber(end) / months) - Math.floor(monthNumber(start) / months);
}

/** The beginning of the bin that a moment lies in; bins of several units are counted from 2000-01-01. */
export function truncate(moment: number, unit: string, size: number, zone: Zone, weekStart: number): number {
  const fixed = FIXED[unit];
  if (fixed !== undefined) {
    const start = fromLocal(REFERENCE, zone);
    const length = fixed * size;
    return start + Math.floor((moment - start) / length) * length;
  }
  const local = toLocal(moment, zone);
  const days = DAYS[unit];
  if (days !== undefined) {
    // 2000-01-01 was a Saturday.
    const start = REFERENCE + (unit === 'week' ? ((weekStart + 1) % 7) * DAY : 0);
    const length = days * size * DAY;
    return fromLocal(start + Math.floor((local - start) / length) * length, zone);
  }
  const length = (MONTHS[unit] ?? 1) * size;
  const bin = Math.floor((monthNumber(local) - 24_000) / length) * length + 24_000;
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(bin / 12), ((bin % 12) + 12) % 12, 1);
  return fromLocal(date.getTime(), zone);
}
