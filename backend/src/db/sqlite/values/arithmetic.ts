import { asNumber, Decimal128, Double, Int32, Long } from './bson.ts';
import { badValue, serverError } from '../driver/errors.ts';

type BinaryOperator = {
  readonly integers: (a: bigint, b: bigint) => bigint;
  readonly doubles: (a: number, b: number) => number;
  readonly decimals: (a: Scaled, b: Scaled) => Scaled;
};

/** digits · 10^-scale */
type Scaled = { readonly digits: bigint; readonly scale: number };

const ADD: BinaryOperator = {
  integers: (a, b) => a + b,
  doubles: (a, b) => a + b,
  decimals: (a, b) => {
    const scale = Math.max(a.scale, b.scale);
    return { digits: rescale(a, scale) + rescale(b, scale), scale };
  },
};
const MULTIPLY: BinaryOperator = {
  integers: (a, b) => a * b,
  doubles: (a, b) => a * b,
  decimals: (a, b) => ({ digits: a.digits * b.digits, scale: a.scale + b.scale }),
};

/** Adds as `$inc` does: the wider class of the two wins, an int that overflows becomes a long. */
export function add(a: unknown, b: unknown): unknown {
  return calculate(a, b, ADD);
}

/** Multiplies as `$mul` does. */
export function multiply(a: unknown, b: unknown): unknown {
  return calculate(a, b, MULTIPLY);
}

/** Applies `$bit` to whole numbers. */
export function bitwise(value: unknown, operator: string, operand: unknown): unknown {
  if (!isInteger(value) || !isInteger(operand)) throw badValue('$bit needs whole numbers');
  const [a, b] = [toBigInt(value), toBigInt(operand)];
  if (operator === 'and') return fromBigInt(a & b, value, operand);
  if (operator === 'or') return fromBigInt(a | b, value, operand);
  if (operator === 'xor') return fromBigInt(a ^ b, value, operand);
  throw badValue(`$bit knows and, or, xor, not '${operator}'`);
}

/** Refuses what is no number, naming the operator. */
export function requireNumber(value: unknown, operator: string, path: string): unknown {
  if (asNumber(value) !== undefined) return value;
  throw serverError(
    14,
    'TypeMismatch',
    `Cannot apply ${operator} to a value of non-numeric type at '${path}'`,
  );
}

function calculate(a: unknown, b: unknown, operator: BinaryOperator): unknown {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    const result = operator.decimals(toScaled(a), toScaled(b));
    return Decimal128.fromStringWithRounding(`${result.digits}E${-result.scale}`);
  }
  if (isInteger(a) && isInteger(b)) return fromBigInt(operator.integers(toBigInt(a), toBigInt(b)), a, b);
  return new Double(operator.doubles(asNumber(a) ?? NaN, asNumber(b) ?? NaN));
}

function isInteger(value: unknown): boolean {
  return value instanceof Int32 || value instanceof Long;
}

function toBigInt(value: unknown): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(asNumber(value) ?? 0);
}

function fromBigInt(result: bigint, a: unknown, b: unknown): unknown {
  const isLong = a instanceof Long || b instanceof Long;
  if (!isLong && BigInt.asIntN(32, result) === result) return new Int32(Number(result));
  if (BigInt.asIntN(64, result) !== result) throw badValue('the result does not fit into a 64-bit integer');
  return Long.fromBigInt(result);
}

function rescale({ digits, scale }: Scaled, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}

function toScaled(value: unknown): Scaled {
  const text = value instanceof Double ? value.value.toPrecision(15) : String(value);
  const match = /^(-?\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
  if (match === null) throw badValue(`cannot calculate with the decimal ${text}`);
  const [, whole = '0', fraction = '', power = '0'] = match;
  const scale = fraction.length - Number(power);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}
