import { asNumber, Long, Timestamp } from '../../values/bson.ts';
import { momentOfValue } from '../date-of.ts';
import { failure } from '../failure.ts';
import { isNullish, nullable, ofNamed } from '../operator.ts';
import type { OperatorCompiler, Operators } from '../operator.ts';
import { addUnits, truncate, unitOf, unitsBetween, weekdayOf } from '../time-units.ts';
import { zoneOf } from '../zoned-time.ts';

/** Dates moved, compared and cut to units of time, in a time zone. */
export const dateArithmeticOperators: Operators = {
  $dateAdd: moving('$dateAdd', 1),
  $dateSubtract: moving('$dateSubtract', -1),

  $dateDiff: ofNamed(
    '$dateDiff',
    ['startDate', 'endDate', 'unit'],
    ['timezone', 'startOfWeek'],
    (values, given) => {
      const { startDate, endDate, timezone, startOfWeek } = values;
      if ([...given].some((name) => name !== 'startOfWeek' && isNullish(values[name as keyof typeof values])))
        return null;
      const unit = unitOf(values.unit);
      if (unit === 'week' && given.has('startOfWeek') && isNullish(startOfWeek)) return null;
      const weekStart = unit === 'week' ? weekdayOf(startOfWeek) : 0;
      const [from, to] = [momentOfValue(startDate), momentOfValue(endDate)];
      return Long.fromNumber(unitsBetween(from, to, unit, zoneOf(timezone), weekStart));
    },
  ),

  $dateTrunc: ofNamed(
    '$dateTrunc',
    ['date', 'unit'],
    ['binSize', 'timezone', 'startOfWeek'],
    (values, given) => {
      const { date, timezone, startOfWeek } = values;
      if ([...given].some((name) => name !== 'startOfWeek' && isNullish(values[name as keyof typeof values])))
        return null;
      const unit = unitOf(values.unit);
      if (unit === 'week' && given.has('startOfWeek') && isNullish(startOfWeek)) return null;
      const size = given.has('binSize') ? wholeAmount('$dateTrunc', values.binSize) : 1;
      if (size < 1) throw failure(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
      const weekStart = unit === 'week' ? weekdayOf(startOfWeek) : 0;
      return new Date(truncate(momentOfValue(date), unit, size, zoneOf(timezone), weekStart));
    },
  ),

  $tsSecond: nullable('$tsSecond', 1, (value) => Long.fromNumber(timestampOf(value).getHighBitsUnsigned())),
  $tsIncrement: nullable('$tsIncrement', 1, (value) =>
    Long.fromNumber(timestampOf(value).getLowBitsUnsigned()),
  ),
};

function moving(name: string, direction: 1 | -1): OperatorCompiler {
  return ofNamed(name, ['startDate', 'unit', 'amount'], ['timezone'], (values, given) => {
    const { startDate, unit, amount, timezone } = values;
    if ([startDate, unit, amount].some(isNullish) || (given.has('timezone') && isNullish(timezone))) {
      return null;
    }
    const count = wholeAmount(name, amount) * direction;
    const moved = new Date(addUnits(momentOfValue(startDate), unitOf(unit), count, zoneOf(timezone)));
    if (Number.isNaN(moved.getTime())) throw failure(5166406, `${name} overflowed`);
    return moved;
  });
}

function wholeAmount(name: string, value: unknown): number {
  const number = asNumber(value);
  if (number !== undefined && Number.isSafeInteger(number)) return number;
  throw failure(5166405, `${name} expects an amount that is a whole number`);
}

function timestampOf(value: unknown): InstanceType<typeof Timestamp> {
  if (value instanceof Timestamp) return value;
  throw failure(5687301, 'the argument must be a timestamp');
}
