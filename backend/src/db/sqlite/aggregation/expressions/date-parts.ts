import { isDocument, Long } from '../../values/bson.ts';
import type { Document } from '../../values/bson.ts';
import { dayOfWeek, dayOfYear, isoDayOfWeek, isoWeek, isoYearStart, weekOfYear } from '../calendar.ts';
import { momentOfValue } from '../date-of.ts';
import { failure } from '../failure.ts';
import { integer, wholeOf } from '../numbers.ts';
import { isNullish, namedOperands, ofNamed } from '../operator.ts';
import type { OperatorCompiler, Operators } from '../operator.ts';
import { isTruthy } from '../value-order.ts';
import { fromLocal, momentOf, partsOf, toLocal, zoneOf } from '../zoned-time.ts';
import type { LocalTime } from '../zoned-time.ts';

const DAY = 86_400_000;
const CALENDAR = ['month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
const ISO = ['isoWeek', 'isoDayOfWeek', 'hour', 'minute', 'second', 'millisecond'] as const;

/** The parts of a date in a time zone, and a date out of its parts. */
export const datePartOperators: Operators = {
  $year: part('$year', (_, { year }) => year),
  $month: part('$month', (_, { month }) => month),
  $dayOfMonth: part('$dayOfMonth', (_, { day }) => day),
  $hour: part('$hour', (_, { hour }) => hour),
  $minute: part('$minute', (_, { minute }) => minute),
  $second: part('$second', (_, { second }) => second),
  $millisecond: part('$millisecond', (_, { millisecond }) => millisecond),
  $dayOfYear: part('$dayOfYear', dayOfYear),
  $dayOfWeek: part('$dayOfWeek', dayOfWeek),
  $week: part('$week', weekOfYear),
  $isoDayOfWeek: part('$isoDayOfWeek', isoDayOfWeek),
  $isoWeek: part('$isoWeek', (local) => isoWeek(local).week),
  $isoWeekYear: part('$isoWeekYear', (local) => Long.fromNumber(isoWeek(local).year)),

  $dateToParts: ofNamed('$dateToParts', ['date'], ['timezone', 'iso8601'], (values, given) => {
    const { date, timezone, iso8601 } = values;
    if (isNullish(date) || (given.has('timezone') && isNullish(timezone))) return null;
    const zone = zoneOf(timezone);
    const moment = momentOfValue(date);
    const { year, month, day, ...clock } = partsOf(moment, zone);
    const local = toLocal(moment, zone);
    const { week, year: isoWeekYear } = isoWeek(local);
    const first = isTruthy(iso8601)
      ? { isoWeekYear, isoWeek: week, isoDayOfWeek: isoDayOfWeek(local) }
      : { year, month, day };
    return Object.fromEntries(Object.entries({ ...first, ...clock }).map(([k, v]) => [k, integer(v)]));
  }),

  $dateFromParts: (operand, compile) => {
    const isIso = isDocument(operand) && 'isoWeekYear' in operand;
    const [year, rest] = isIso ? (['isoWeekYear', ISO] as const) : (['year', CALENDAR] as const);
    const work = ofNamed<string>('$dateFromParts', [year], [...rest, 'timezone'], (values, given) => {
      if ([...given].some((name) => isNullish(values[name]))) return null;
      const { timezone, ...parts } = values;
      const numbers = Object.fromEntries(
        Object.entries(parts).map(([name, value]) => [name, wholeOf('$dateFromParts', value)]),
      );
      return new Date(isIso ? isoMoment(numbers, timezone) : calendarMoment(numbers, timezone));
    });
    return work(operand, compile);
  },
};

function part(name: string, read: (local: number, parts: LocalTime) => unknown): OperatorCompiler {
  return (operand, compile) => {
    const only: unknown = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const isNamed = isDocument(only) && !Object.keys(only)[0]?.startsWith('$');
    const parts: Document = isNamed ? namedOperands(name, only, ['date'], ['timezone']) : { date: only };
    const date = compile(parts['date']);
    const timezone = 'timezone' in parts ? compile(parts['timezone']) : undefined;
    return (scope) => {
      const value = date(scope);
      const zoneName = timezone?.(scope);
      if (isNullish(value) || (timezone !== undefined && isNullish(zoneName))) return null;
      const zone = zoneOf(zoneName);
      const moment = momentOfValue(value);
      const found = read(toLocal(moment, zone), partsOf(moment, zone));
      return typeof found === 'number' ? integer(found) : found;
    };
  };
}

function calendarMoment(numbers: Record<string, number>, timezone: unknown): number {
  const year = yearOf(numbers['year']);
  return momentOf({ ...numbers, year }, zoneOf(timezone));
}

function isoMoment(numbers: Record<string, number>, timezone: unknown): number {
  const { isoWeek: week = 1, isoDayOfWeek: day = 1 } = numbers;
  const start = isoYearStart(yearOf(numbers['isoWeekYear'])) + ((week - 1) * 7 + day - 1) * DAY;
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = numbers;
  return fromLocal(start + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond, zoneOf(timezone));
}

function yearOf(year: number | undefined): number {
  if (year !== undefined && year >= 1 && year <= 9999) return year;
  throw failure(40523, "'year' must evaluate to an integer in the range 1 to 9999");
}
