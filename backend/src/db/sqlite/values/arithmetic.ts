import { asNumber, Decimal128, Double, Int32, Long } from './bson.ts';
import { badValue, serverError } from '../driver/errors.ts';
import { addScaled, decimalResult, multiplyScaled, negateScaled } from './decimal.ts';
import type { Scaled } from './decimal.ts';

type BinaryOperator = {
  readonly integers: (a: bigint, b: bigint) => bigint;
  readonly doubles: (a: number, b: number) => number;
  readonly decimals: (a: Scaled, b: Scaled) => Scaled;
};

/** What a whole number becomes that does not fit into 64 bits. */
type Overflow = 'refuse' | 'double';

const ADD: BinaryOperator = {
  integers: (a, b) => a + b,
  doubles: (a, b) => a + b,
  decimals: addScaled,
};
const SUBTRACT: BinaryOperator = {
  integers: (a, b) => a - b,
  doubles: (a, b) => a - b,
  decimals: (a, b) => addScaled(a, negateScaled(b)),
};
const MULTIPLY: BinaryOperator = {
  integers: (a, b) => a * b,
  doubles: (a, b) => a * b,
  decimals: multiplyScaled,
};

/** Adds as `$inc` does: the wider class of the two wins, an int that overflows becomes a long. */
export function add(a: unknown, b: unknown, overflow: Overflow = 'refuse'): unknown {
  return calculate(a, b, ADD, overflow);
}

/** Subtracts as aggregations do. */
export function subtract(a: unknown, b: unknown): unknown {
  return calculate(a, b, SUBTRACT, 'double');
}

/** Multiplies as `$mul` does. */
export function multiply(a: unknown, b: unknown, overflow: Overflow = 'refuse'): unknown {
  return calculate(a, b, MULTIPLY, overflow);
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

function calculate(a: unknown, b: unknown, operator: BinaryOperator, overflow: Overflow): unknown {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return decimalResult(a, b, operator.decimals, operator.doubles);
  }
  if (isInteger(a) && isInteger(b))
    return fromBigInt(operator.integers(toBigInt(a), toBigInt(b)), a, b, overflow);
  return new Double(operator.doubles(asNumber(a) ?? NaN, asNumber(b) ?? NaN));
}

export function isInteger(value: unknown): boolean {
  return value instanceof Int32 || (value instanceof Long && asNumber(value) !== undefined);
}

export function toBigInt(value: unknown): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(asNumber(value) ?? 0);
}

/** A whole number in the class that two operands call for: an int where both are and it fits, else a long. */
export function fromBigInt(result: bigint, a: unknown, b: unknown, overflow: Overflow = 'refuse'): unknown {
  const isLong = a instanceof Long || b instanceof Long;
  if (!isLong && BigInt.asIntN(32, result) === result) return new Int32(Number(result));
  if (BigInt.asIntN(64, result) === result) return Long.fromBigInt(result);
  if (overflow === 'double') return new Double(Number(result));
  throw badValue('the result does not fit into a 64-bit integer');
}
