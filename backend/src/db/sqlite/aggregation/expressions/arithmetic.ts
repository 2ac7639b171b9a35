import { asNumber, Int32, Long } from '../../values/bson.ts';
import { add, fromBigInt, isInteger, multiply, subtract, toBigInt } from '../../values/arithmetic.ts';
import { decimalResult, divideScaled, remainderScaled } from '../../values/decimal.ts';
import { failure } from '../failure.ts';
import { double, isDecimal, isNumber } from '../numbers.ts';
import { isNullish, nullable, ofValues } from '../operator.ts';
import type { Operators } from '../operator.ts';

/** Adding, multiplying, dividing: each result in the class that MongoDB gives it. */
export const arithmeticOperators: Operators = {
  $add: ofValues('$add', [0, Infinity], (...values) => {
    if (values.some(isNullish)) return null;
    const dates = values.filter((value) => value instanceof Date);
    if (dates.length > 1) throw failure(16612, 'only one date allowed in an $add expression');
    const [date] = dates;
    const sum = values
      .filter((value) => value !== date)
      .reduce((total, value) => add(total, numeric('$add', value), 'double'), new Int32(0));
    return date === undefined ? sum : moved(date, sum);
  }),

  $subtract: nullable('$subtract', 2, (a, b) => {
    if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
    if (a instanceof Date) return moved(a, subtract(new Int32(0), numeric('$subtract', b)));
    return subtract(numeric('$subtract', a), numeric('$subtract', b));
  }),

  $multiply: ofValues('$multiply', [0, Infinity], (...values) => {
    if (values.some(isNullish)) return null;
    return values.reduce(
      (total, value) => multiply(total, numeric('$multiply', value), 'double'),
      new Int32(1),
    );
  }),

  $divide: nullable('$divide', 2, (a, b) => {
    numeric('$divide', a);
    if (asNumber(numeric('$divide', b)) === 0) throw failure(2, "can't $divide by zero");
    if (isDecimal(a) || isDecimal(b)) return decimalResult(a, b, divideScaled, (x, y) => x / y);
    return double((asNumber(a) ?? NaN) / (asNumber(b) ?? NaN));
  }),

  $mod: nullable('$mod', 2, (a, b) => {
    numeric('$mod', a);
    if (asNumber(numeric('$mod', b)) === 0) throw failure(16610, "can't $mod by zero");
    if (isDecimal(a) || isDecimal(b)) return decimalResult(a, b, remainderScaled, (x, y) => x % y);
    if (isInteger(a) && isInteger(b)) return fromBigInt(toBigInt(a) % toBigInt(b), a, b);
    return double((asNumber(a) ?? NaN) % (asNumber(b) ?? NaN));
  }),
};

function numeric(name: string, value: unknown): unknown {
  if (isNumber(value)) return value;
  throw failure(14, `${name} only supports numeric or date types`);
}

function moved(date: Date, milliseconds: unknown): Date {
  return new Date(date.getTime() + Math.round(asNumber(milliseconds) ?? 0));
}
