import { asNumber, Decimal128, Int32, Long } from '../../values/bson.ts';
import { fromBigInt, isInteger, toBigInt } from '../../values/arithmetic.ts';
import { fromScaled, roundScaled, toScaled } from '../../values/decimal.ts';
import type { Rounding } from '../../values/decimal.ts';
import { badValue, unsupported } from '../../driver/errors.ts';
import { failure } from '../failure.ts';
import { double, doubleOf, integer, isDecimal, isFinite, wholeOf } from '../numbers.ts';
import { isNullish, nullable, ofValues } from '../operator.ts';
import type { OperatorCompiler, Operators } from '../operator.ts';

/** Functions of one or two numbers, and what works on their bits. */
export const mathOperators: Operators = {
  $abs: nullable('$abs', 1, (value) => {
    const number = doubleOf('$abs', value);
    if (isDecimal(value)) return Decimal128.fromString(value.toString().replace(/^-/, ''));
    if (!isInteger(value)) return double(Math.abs(number));
    const exact = toBigInt(value);
    if (exact === -(1n << 63n)) throw failure(28680, "can't take $abs of long long min");
    return value instanceof Long ? Long.fromBigInt(exact < 0n ? -exact : exact) : integer(Math.abs(number));
  }),
  $ceil: nullable('$ceil', 1, (value) => rounded('$ceil', value, 0, 'ceil')),
  $floor: nullable('$floor', 1, (value) => rounded('$floor', value, 0, 'floor')),
  $round: rounding('$round', 'halfEven'),
  $trunc: rounding('$trunc', 'trunc'),
  $pow: nullable('$pow', 2, (base, exponent) => {
    const [x, y] = [plainDouble('$pow', base), plainDouble('$pow', exponent)];
    if (x === 0 && y < 0) throw failure(28764, '$pow cannot take a base of 0 and a negative exponent');
    if (!isInteger(base) || !isInteger(exponent) || y < 0) return double(x ** y);
    // More than 64 bits become a double: no need to work out all their digits.
    if (Math.abs(x) > 1 && y > 64) return double(x ** y);
    return fromBigInt(toBigInt(base) ** toBigInt(exponent), base, exponent, 'double');
  }),
  $exp: unary('$exp', Math.exp),
  $ln: unary('$ln', Math.log, (x) => x > 0, 28766),
  $log10: unary('$log10', Math.log10, (x) => x > 0, 28761),
  $log: nullable('$log', 2, (value, base) => {
    const [x, y] = [plainDouble('$log', value), plainDouble('$log', base)];
    if (x <= 0) throw failure(28758, "$log's argument must be a positive number");
    if (y <= 0 || y === 1) throw failure(28759, "$log's base must be a positive number not equal to 1");
    return double(Math.log(x) / Math.log(y));
  }),
  $sqrt: unary('$sqrt', Math.sqrt, (x) => x >= 0, 28714),
  $sin: unary('$sin', Math.sin, Number.isFinite),
  $cos: unary('$cos', Math.cos, Number.isFinite),
  $tan: unary('$tan', Math.tan, Number.isFinite),
  $asin: unary('$asin', Math.asin, (x) => Math.abs(x) <= 1),
  $acos: unary('$acos', Math.acos, (x) => Math.abs(x) <= 1),
  $atan: unary('$atan', Math.atan),
  $atan2: nullable('$atan2', 2, (y, x) =>
    double(Math.atan2(plainDouble('$atan2', y), plainDouble('$atan2', x))),
  ),
  $sinh: unary('$sinh', Math.sinh),
  $cosh: unary('$cosh', Math.cosh),
  $tanh: unary('$tanh', Math.tanh),
  $asinh: unary('$asinh', Math.asinh),
  $acosh: unary('$acosh', Math.acosh, (x) => x >= 1),
  $atanh: unary('$atanh', Math.atanh, (x) => Math.abs(x) <= 1),
  $degreesToRadians: unary('$degreesToRadians', (x) => (x * Math.PI) / 180),
  $radiansToDegrees: unary('$radiansToDegrees', (x) => (x * 180) / Math.PI),
  $bitAnd: bits('$bitAnd', -1n, (a, b) => a & b),
  $bitOr: bits('$bitOr', 0n, (a, b) => a | b),
  $bitXor: bits('$bitXor', 0n, (a, b) => a ^ b),
  $bitNot: nullable('$bitNot', 1, (value) => fromBigInt(~bitsOf('$bitNot', value), value, value)),
  $rand: ofValues('$rand', [0, 1], () => double(Math.random())),
};

function unary(
  name: string,
  work: (value: number) => number,
  accepts?: (value: number) => boolean,
  code = 50989,
): OperatorCompiler {
  return nullable(name, 1, (value) => {
    const number = plainDouble(name, value);
    if (accepts !== undefined && !Number.isNaN(number) && !accepts(number)) {
      throw failure(code, `${name} cannot be applied to ${number}: it is out of its bounds`);
    }
    return double(work(number));
  });
}

/** A double of what is no decimal: 34 digits of these functions are not to be had here. */
function plainDouble(name: string, value: unknown): number {
  if (isDecimal(value)) throw unsupported(`${name} of a Decimal128`);
  return doubleOf(name, value);
}

function rounding(name: string, kind: Rounding): OperatorCompiler {
  return ofValues(name, [1, 2], (value, places = new Int32(0)) => {
    if (isNullish(value) || places === null) return null;
    const digits = wholeOf(name, places);
    if (digits < -20 || digits > 100) throw failure(51083, `${name} takes a precision between -20 and 100`);
    return rounded(name, value, digits, kind);
  });
}

function rounded(name: string, value: unknown, places: number, kind: Rounding): unknown {
  const number = doubleOf(name, value);
  if (!isFinite(value) || (isInteger(value) && places >= 0)) return value;
  // A double is rounded by the digits that it is written with.
  const scaled = toScaled(isDecimal(value) || isInteger(value) ? value : String(number));
  if (scaled === undefined) return value;
  const result = roundScaled(scaled, places, kind);
  if (isDecimal(value)) return fromScaled(result);
  if (isInteger(value)) return fromBigInt(result.digits, value, value, 'double');
  return double(Number(`${result.digits}e${-result.scale}`));
}

function bits(name: string, start: bigint, work: (a: bigint, b: bigint) => bigint): OperatorCompiler {
  return ofValues(name, [0, Infinity], (...values) => {
    if (values.some(isNullish)) return null;
    const result = values.reduce((total: bigint, value) => work(total, bitsOf(name, value)), start);
    const isLong = values.some((value) => value instanceof Long);
    return isLong ? Long.fromBigInt(result) : integer(result);
  });
}

function bitsOf(name: string, value: unknown): bigint {
  if (isInteger(value)) return toBigInt(value);
  throw badValue(`${name} only supports int and long operands, not ${String(asNumber(value) ?? 'others')}`);
}
