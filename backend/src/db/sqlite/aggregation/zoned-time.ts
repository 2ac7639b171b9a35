import { failure } from './failure.ts';

/** A moment as a calendar and a clock on the wall show it; months count from 1. */
export type LocalTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
};

/** A time zone: what the local time is ahead of UTC, in milliseconds, at a moment. */
export type Zone = (moment: number) => number;

export const UTC: Zone = () => 0;

const zones = new Map<string, Zone>();

/**
 * Reads a time zone: an Olson name, or an offset.
 *
 * @example zoneOf('Europe/Berlin'), zoneOf('+05:30'), zoneOf('-03')
 * @throws MongoServerError 40485 where there is no such zone
 */
export function zoneOf(name: unknown): Zone {
  if (name === undefined) return UTC;
  if (typeof name !== 'string') throw failure(40517, 'timezone must evaluate to a string');
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = readOffset(name) ?? namedZone(name);
  zones.set(name, zone);
  return zone;
}

/** The moment's time on the wall, as a moment of UTC that shows the same. */
export function toLocal(moment: number, zone: Zone): number {
  return moment + zone(moment);
}

/** The moment at which a zone's walls show a time; of a time that is skipped or shown twice, the one before the change. */
export function fromLocal(local: number, zone: Zone): number {
  const early = zone(local - 86_400_000);
  const late = zone(local + 86_400_000);
  for (const offset of [early, late]) if (zone(local - offset) === offset) return local - offset;
  return local - early;
}

export function partsOf(moment: number, zone: Zone): LocalTime {
  const date = new Date(toLocal(moment, zone));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** The moment of a local time; parts outside of their bounds carry over. */
export function momentOf(parts: Partial<LocalTime> & { readonly year: number }, zone: Zone): number {
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0 } = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  return fromLocal(date.getTime(), zone);
}

function readOffset(name: string): Zone | undefined {
  if (/^(utc|gmt|z)$/i.test(name)) return UTC;
  const match = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(name);
  if (match === null) return undefined;
  const [, sign, hours = '0', minutes = '0'] = match;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return () => (sign === '-' ? -offset : offset);
}

function namedZone(name: string): Zone {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // Intl says only that the name is out of range; the server names it.
    throw failure(40485, `unrecognized time zone identifier: "${name}"`);
  }
  return remembering((moment) => {
    const seconds = Math.floor(moment / 1000) * 1000;
    const shown: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(seconds)) shown[type] = value;
    const year = Number(shown['year']);
    const local = new Date(0);
    local.setUTCFullYear(
      shown['era'] === 'BC' ? 1 - year : year,
      Number(shown['month']) - 1,
      Number(shown['day']),
    );
    local.setUTCHours(Number(shown['hour']), Number(shown['minute']), Number(shown['second']));
    return local.getTime() - seconds;
  });
}

/** Since 1972 clocks have been changed at quarters of an hour only. */
const QUARTER = 900_000;
const SINCE = Date.UTC(1972, 0, 1);
const MOST = 20_000;

/** Asking for an offset takes 6 µs: a report asks for the same ones over and over. */
function remembering(zone: Zone): Zone {
  const known = new Map<number, number>();
  return (moment) => {
    if (moment < SINCE) return zone(moment);
    const quarter = Math.floor(moment / QUARTER);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    const offset = zone(moment);
    if (known.size >= MOST) known.clear();
    known.set(quarter, offset);
    return offset;
  };
}
