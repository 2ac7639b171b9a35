import { asNumber, Double, ObjectId, Timestamp } from '../values/bson.ts';
import { typeNameOf } from '../values/bson-types.ts';
import { failure } from './failure.ts';
import { isNumber } from './numbers.ts';

/** The text of a value for operators on strings: null and missing are empty, dates ISO 8601. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = plainText(value);
  if (text === undefined || typeof value === 'boolean' || value instanceof ObjectId) {
    throw failure(16007, `can't convert from BSON type ${typeNameOf(value)} to String`);
  }
  return text;
}

/** The text of a scalar, as `$toString` writes it; undefined for what has none. */
export function plainText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Double || typeof value === 'number') return doubleText(asNumber(value) ?? NaN);
  if (isNumber(value)) return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Timestamp) return new Date(value.getHighBitsUnsigned() * 1000).toISOString();
  return undefined;
}

/** A double by 16 digits, as C's `%.16g` writes it. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', power = '0'] = value.toExponential(15).split('e');
  const exponent = Number(power);
  const short = digits.replace(/\.?0+$/, '');
  if (exponent >= -4 && exponent < 16) return plainDigits(short, exponent);
  const sign = exponent < 0 ? '-' : '+';
  return `${short}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function plainDigits(digits: string, exponent: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const all = digits.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${all}`;
  const whole = all.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = all.slice(exponent + 1);
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}
