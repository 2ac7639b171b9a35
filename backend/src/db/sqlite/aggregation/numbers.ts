import { asNumber, Decimal128, Double, Int32, Long } from '../values/bson.ts';
import { typeNameOf } from '../values/bson-types.ts';
import { failure } from './failure.ts';

export type Integer = InstanceType<typeof Int32> | InstanceType<typeof Long>;

export function isNumber(value: unknown): boolean {
  return asNumber(value) !== undefined;
}

/** A number as a double; others are refused in the operator's name. */
export function doubleOf(name: string, value: unknown): number {
  const number = asNumber(value);
  if (number === undefined) {
    throw failure(28765, `${name} only supports numeric types, not ${typeNameOf(value) ?? 'missing'}`);
  }
  return number;
}

/** A whole number of at most 32 bits, of whatever class. */
export function wholeOf(name: string, value: unknown): number {
  const number = asNumber(value);
  if (number === undefined || !Number.isInteger(number) || Math.abs(number) > 0x80000000) {
    throw failure(28691, `${name} needs a whole number of 32 bits, not ${typeNameOf(value) ?? 'missing'}`);
  }
  return number;
}

/** A whole number as an int where it fits, else as a long. */
export function integer(value: number | bigint): Integer {
  const isInt = value >= -0x80000000 && value <= 0x7fffffff;
  return isInt ? new Int32(Number(value)) : Long.fromBigInt(BigInt(value));
}

export function isDecimal(value: unknown): value is InstanceType<typeof Decimal128> {
  return value instanceof Decimal128;
}

export function double(value: number): InstanceType<typeof Double> {
  return new Double(value);
}

/** Whether a number is neither infinite nor NaN. */
export function isFinite(value: unknown): boolean {
  return Number.isFinite(asNumber(value) ?? NaN) || (isDecimal(value) && /^-?\d/.test(value.toString()));
}
