import { dayOfWeek, dayOfYear, isoDayOfWeek, isoWeek, weekOfYear } from './calendar.ts';
import { failure } from './failure.ts';
import { isCalendarDay } from './parse-date.ts';
import { momentOf, partsOf, toLocal, zoneOf } from './zoned-time.ts';
import type { LocalTime, Zone } from './zoned-time.ts';

const MONTH_NAMES =
  'January February March April May June July August September October November December'.split(' ');

type Written = (local: number, parts: LocalTime, offset: number) => string;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

const WRITERS: Readonly<Record<string, Written>> = {
  '%': () => '%',
  Y: (_, { year }) => pad(year, 4),
  m: (_, { month }) => pad(month, 2),
  d: (_, { day }) => pad(day, 2),
  H: (_, { hour }) => pad(hour, 2),
  M: (_, { minute }) => pad(minute, 2),
  S: (_, { second }) => pad(second, 2),
  L: (_, { millisecond }) => pad(millisecond, 3),
  B: (_, { month }) => MONTH_NAMES[month - 1] ?? '',
  b: (_, { month }) => MONTH_NAMES[month - 1]?.slice(0, 3) ?? '',
  j: (local) => pad(dayOfYear(local), 3),
  w: (local) => String(dayOfWeek(local)),
  u: (local) => String(isoDayOfWeek(local)),
  U: (local) => pad(weekOfYear(local), 2),
  V: (local) => pad(isoWeek(local).week, 2),
  G: (local) => pad(isoWeek(local).year, 4),
  z: (_, __, offset) => {
    const minutes = Math.abs(offset) / 60_000;
    return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
  },
  Z: (_, __, offset) => String(offset / 60_000),
};

/** Writes a date by a format of `%` letters. */
export function formatDate(moment: number, format: string, zone: Zone): string {
  const [local, parts, offset] = [toLocal(moment, zone), partsOf(moment, zone), zone(moment)];
  return format.replace(/%(.?)/gs, (_, letter: string) => {
    const write = WRITERS[letter];
    if (write === undefined) throw failure(18536, `Invalid format character '%${letter}' in format string`);
    return write(local, parts, offset);
  });
}

/** What each letter reads, and as which part. */
const READERS: Readonly<Record<string, readonly [part: string, pattern: string]>> = {
  Y: ['year', '\\d{4}'],
  m: ['month', '\\d{2}'],
  d: ['day', '\\d{2}'],
  H: ['hour', '\\d{2}'],
  M: ['minute', '\\d{2}'],
  S: ['second', '\\d{2}'],
  L: ['millisecond', '\\d{1,3}'],
  B: ['monthName', MONTH_NAMES.join('|')],
  b: ['monthName', MONTH_NAMES.map((name) => name.slice(0, 3)).join('|')],
  z: ['offset', 'Z|[+-]\\d{2}:?\\d{2}'],
  Z: ['minutes', '[+-]?\\d{1,4}'],
};

/** Reads a date by a format; undefined where the text does not follow it. */
export function readDate(text: string, format: string, zone: Zone | undefined): Date | undefined {
  const names: string[] = [];
  const pattern = format.replace(/%(.?)|[\\^$.*+?()[\]{}|]/gs, (found, letter: string | undefined) => {
    if (letter === undefined) return `\\${found}`;
    if (letter === '%') return '%';
    const reader = READERS[letter];
    if (reader === undefined) throw failure(18536, `Invalid format character '%${letter}' in format string`);
    names.push(reader[0]);
    return `(${reader[1]})`;
  });
  const match = new RegExp(`^${pattern}$`, 'i').exec(text);
  if (match === null) return undefined;
  const read = Object.fromEntries(names.map((name, at) => [name, match[at + 1] ?? '']));
  const month = monthOf(read);
  const { year, day = '1', hour = '0', minute = '0', second = '0', millisecond = '0' } = read;
  const calendar = { year: Number(year), month, day: Number(day) };
  if (year === undefined || !isCalendarDay(calendar)) return undefined;
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) return undefined;
  const where = offsetOf(read) ?? zone ?? zoneOf('UTC');
  const parts = { ...calendar, ...clock, millisecond: Number(millisecond.padEnd(3, '0')) };
  return new Date(momentOf(parts, where));
}

function monthOf({ month, monthName }: Record<string, string>): number {
  if (monthName === undefined) return Number(month ?? '1');
  const start = monthName.slice(0, 3).toLowerCase();
  return MONTH_NAMES.findIndex((name) => name.toLowerCase().startsWith(start)) + 1;
}

function offsetOf({ offset, minutes }: Record<string, string>): Zone | undefined {
  if (offset !== undefined) return zoneOf(offset);
  return minutes === undefined ? undefined : () => Number(minutes) * 60_000;
}
