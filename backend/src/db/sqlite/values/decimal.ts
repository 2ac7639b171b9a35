import { asNumber, Decimal128, Double } from './bson.ts';

/** A finite decimal number, exactly: digits × 10^-scale. */
export type Scaled = { readonly digits: bigint; readonly scale: number };

const PRECISION = 34;

/** The exact decimal of a number as MongoDB converts it, doubles by 15 digits; undefined for NaN and infinities. */
export function toScaled(value: unknown): Scaled | undefined {
  const text = value instanceof Double ? value.value.toPrecision(15) : String(value);
  const match = /^(-?\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
  if (match === null) return undefined;
  const [, whole = '0', fraction = '', power = '0'] = match;
  const scale = fraction.length - Number(power);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** All digits of a finite double: sums of doubles and decimals keep them. */
export function exactDouble(value: number): Scaled {
  let scale = 0;
  let rest = value;
  // A double is a whole number of 2^-n; 10^-n holds each of those.
  while (!Number.isInteger(rest)) {
    rest *= 2;
    scale += 1;
  }
  return { digits: BigInt(rest) * 5n ** BigInt(scale), scale };
}

/** Rounds to Decimal128's 34 digits, half to even. */
export function fromScaled({ digits, scale }: Scaled): InstanceType<typeof Decimal128> {
  return Decimal128.fromStringWithRounding(`${digits}E${-scale}`);
}

export function addScaled(a: Scaled, b: Scaled): Scaled {
  const scale = Math.max(a.scale, b.scale);
  return { digits: rescale(a, scale) + rescale(b, scale), scale };
}

export function multiplyScaled(a: Scaled, b: Scaled): Scaled {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

export function negateScaled({ digits, scale }: Scaled): Scaled {
  return { digits: -digits, scale };
}

/** Divides by what is not zero, to more digits than are kept; the last tells an exact end from a cut. */
export function divideScaled(a: Scaled, b: Scaled): Scaled {
  const shift = Math.max(0, PRECISION + 2 - (`${a.digits}`.length - `${b.digits}`.length));
  const dividend = a.digits * 10n ** BigInt(shift);
  const quotient = dividend / b.digits;
  const scale = a.scale - b.scale + shift;
  if (dividend % b.digits !== 0n) {
    const sticky = a.digits < 0n === b.digits < 0n ? 1n : -1n;
    return { digits: quotient * 10n + sticky, scale: scale + 1 };
  }
  return strip({ digits: quotient, scale }, a.scale - b.scale);
}

/** The remainder with the dividend's sign. */
export function remainderScaled(a: Scaled, b: Scaled): Scaled {
  const scale = Math.max(a.scale, b.scale);
  return { digits: rescale(a, scale) % rescale(b, scale), scale };
}

export type Rounding = 'floor' | 'ceil' | 'trunc' | 'halfEven';

/** Rounds to a number of decimal places; negative ones round to tens, hundreds and so on. */
export function roundScaled(value: Scaled, places: number, rounding: Rounding): Scaled {
  if (value.scale <= places) return value;
  const unit = 10n ** BigInt(value.scale - places);
  const whole = value.digits / unit;
  const rest = value.digits % unit;
  const away = value.digits < 0n ? -1n : 1n;
  const twice = 2n * rest * away;
  const isUp =
    (rounding === 'floor' && rest < 0n) ||
    (rounding === 'ceil' && rest > 0n) ||
    (rounding === 'halfEven' && (twice > unit || (twice === unit && whole % 2n !== 0n)));
  const rounded = isUp ? whole + away : whole;
  return places >= 0
    ? { digits: rounded, scale: places }
    : { digits: rounded * 10n ** BigInt(-places), scale: 0 };
}

/** Calculates with two decimals; where one is NaN or infinite, with doubles, which know the rules for these. */
export function decimalResult(
  a: unknown,
  b: unknown,
  exact: (a: Scaled, b: Scaled) => Scaled,
  special: (a: number, b: number) => number,
): InstanceType<typeof Decimal128> {
  const [x, y] = [toScaled(a), toScaled(b)];
  const approximate = special(asNumber(a) ?? NaN, asNumber(b) ?? NaN);
  if (x === undefined || y === undefined) return Decimal128.fromString(String(approximate));
  const result = exact(x, y);
  // A bigint has no negative zero.
  const isNegativeZero = result.digits === 0n && Object.is(approximate, -0);
  return isNegativeZero ? Decimal128.fromString(`-0E${-result.scale}`) : fromScaled(result);
}

function rescale({ digits, scale }: Scaled, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}

function strip(value: Scaled, leastScale: number): Scaled {
  let { digits, scale } = value;
  while (scale > leastScale && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return { digits, scale };
}
