import type { mongo } from 'mongoose';
import { asNumber, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from '../values/bson.ts';
import { fromScaled, roundScaled, toScaled } from '../values/decimal.ts';
import { typeNameOf } from '../values/bson-types.ts';
import { serverError, unsupported } from '../driver/errors.ts';
import { parseDate } from './parse-date.ts';
import { isNumber } from './numbers.ts';
import { plainText } from './text-of.ts';
import { isTruthy } from './value-order.ts';

const INT = { least: -(1n << 31n), most: (1n << 31n) - 1n };
const LONG = { least: -(1n << 63n), most: (1n << 63n) - 1n };

const CONVERSIONS: Readonly<Record<string, (value: unknown) => unknown>> = {
  bool: (value) => (isNumber(value) ? isTruthy(value) : value !== false),
  int: (value) => new Int32(Number(whole(value, 'int', INT))),
  long: (value) =>
    value instanceof Date ? Long.fromNumber(value.getTime()) : Long.fromBigInt(whole(value, 'long', LONG)),
  double: (value) => new Double(asNumber(numeric(value, 'double')) ?? NaN),
  decimal: (value) => decimalOf(numeric(value, 'decimal')),
  date: toDate,
  objectId: (value) => {
    if (value instanceof ObjectId) return value;
    if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return new ObjectId(value);
    throw refused(value, 'objectId');
  },
  string: (value) => {
    const text = plainText(value);
    if (text === undefined) throw refused(value, 'string');
    return text;
  },
};

/**
 * Changes a value's type as `$convert` does.
 *
 * @param value neither null nor missing
 * @throws MongoServerError 241 where that is not possible
 */
export function convertValue(value: unknown, to: string): unknown {
  if (typeNameOf(value) === to) return value;
  const convert = CONVERSIONS[to];
  if (convert === undefined) throw unsupported(`$convert to '${to}'`);
  if (typeNameOf(value) === 'binData') throw unsupported(`$convert from binData to '${to}'`);
  return convert(value);
}

export function refused(value: unknown, to: string): mongo.MongoServerError {
  const what = typeof value === 'string' ? `'${value}'` : `type ${typeNameOf(value)}`;
  return serverError(241, 'ConversionFailure', `Failed to convert ${what} to ${to} in $convert`);
}

/** A number out of a number, a boolean, a date or a text. */
function numeric(value: unknown, to: string): unknown {
  if (isNumber(value)) return value;
  if (typeof value === 'boolean') return new Int32(Number(value));
  if (value instanceof Date) return Long.fromNumber(value.getTime());
  if (typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) {
    return to === 'decimal' ? Decimal128.fromStringWithRounding(value) : new Double(Number(value));
  }
  if (typeof value === 'string' && /^[+-]?(nan|inf(inity)?)$/i.test(value)) {
    const sign = value.startsWith('-') ? -1 : 1;
    return new Double(/nan/i.test(value) ? NaN : sign * Infinity);
  }
  throw refused(value, to);
}

function whole(value: unknown, to: string, { least, most }: typeof INT): bigint {
  if (value instanceof Date) throw refused(value, to);
  if (typeof value === 'string' && !/^[+-]?\d+$/.test(value)) throw refused(value, to);
  const number = typeof value === 'string' ? BigInt(value.replace(/^\+/, '')) : truncated(value, to);
  if (number < least || number > most) throw refused(value, to);
  return number;
}

function truncated(value: unknown, to: string): bigint {
  const number = numeric(value, to);
  if (number instanceof Long) return number.toBigInt();
  if (number instanceof Decimal128) {
    const scaled = toScaled(number);
    if (scaled === undefined) throw refused(value, to);
    return roundScaled(scaled, 0, 'trunc').digits;
  }
  const double = asNumber(number) ?? NaN;
  if (!Number.isFinite(double)) throw refused(value, to);
  return BigInt(Math.trunc(double));
}

function decimalOf(number: unknown): unknown {
  if (number instanceof Decimal128) return number;
  const scaled = toScaled(number);
  return scaled === undefined ? Decimal128.fromString(String(asNumber(number))) : fromScaled(scaled);
}

function toDate(value: unknown): Date {
  if (typeof value === 'string') {
    const date = parseDate(value);
    if (date === undefined) throw refused(value, 'date');
    return date;
  }
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBitsUnsigned() * 1000);
  if (value instanceof Int32 || typeof value === 'boolean' || !isNumber(value)) throw refused(value, 'date');
  return new Date(Number(truncated(value, 'date')));
}
