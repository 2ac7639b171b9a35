import { Decimal128, Double, Int32, Long } from './bson.ts';
import type { ByteWriter } from './byte-writer.ts';

/** coefficient · 10^exponent: an exact decimal number. */
type Exact = { coefficient: bigint; exponent: number };

const BELOW = 1;
const EQUAL = 2;
const ABOVE = 3;

/**
 * Writes a number so that bytes sort as numbers do, across int, long, double and decimal: the nearest
 * double first, then how the exact value lies to it. Equal numbers of different classes get equal bytes.
 */
export function writeNumberKey(out: ByteWriter, value: unknown): void {
  if (typeof value === 'number') return writeDouble(out, value);
  if (value instanceof Int32 || value instanceof Double) return writeDouble(out, value.value);
  if (typeof value === 'bigint') return writeExact(out, { coefficient: value, exponent: 0 });
  if (value instanceof Long) return writeExact(out, { coefficient: value.toBigInt(), exponent: 0 });
  if (value instanceof Decimal128) return writeDecimal(out, value.toString());
  throw new TypeError('not a number');
}

function writeDouble(out: ByteWriter, value: number): void {
  writeNearest(out, value);
  out.byte(EQUAL);
}

function writeNearest(out: ByteWriter, value: number): void {
  const start = out.length;
  if (Number.isNaN(value)) {
    out.uint64(0n);
    return;
  }
  // Zero has one key, whatever its sign.
  out.float64(value === 0 ? 0 : value);
  out.orderFloat(start);
}

function writeDecimal(out: ByteWriter, text: string): void {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(text);
  if (match === null) {
    writeDouble(out, text.startsWith('-') ? -Infinity : text.startsWith('Inf') ? Infinity : NaN);
    return;
  }
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const coefficient = BigInt(`${sign}${whole}${fraction}`);
  writeExact(out, { coefficient, exponent: Number(power) - fraction.length });
}

function writeExact(out: ByteWriter, value: Exact): void {
  const number = Number(`${value.coefficient}e${value.exponent}`);
  const nearest = Math.min(Math.max(number, -Number.MAX_VALUE), Number.MAX_VALUE);
  writeNearest(out, nearest);
  const order = compareExact(value, exactOf(nearest));
  if (order === 0) return out.byte(EQUAL);
  out.byte(order < 0 ? BELOW : ABOVE);
  writeDigits(out, value);
}

/** Sign, magnitude, digits: an order of its own among decimals that share their nearest double. */
function writeDigits(out: ByteWriter, { coefficient, exponent }: Exact): void {
  out.byte(coefficient < 0n ? 0 : 1);
  const start = out.length;
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString();
  out.uint32(digits.length + exponent + 0x10000);
  for (const digit of digits.replace(/0+$/, '')) out.byte(digit.charCodeAt(0));
  out.byte(0);
  if (coefficient < 0n) out.invertFrom(start);
}

function compareExact(a: Exact, b: Exact): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * 10n ** BigInt(a.exponent - exponent);
  const right = b.coefficient * 10n ** BigInt(b.exponent - exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A finite double as an exact decimal: m · 2^-k is m · 5^k · 10^-k. */
function exactOf(value: number): Exact {
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  let mantissa = value;
  let halvings = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings += 1;
  }
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(halvings), exponent: -halvings };
}
