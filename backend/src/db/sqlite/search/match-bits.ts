import { badValue } from '../driver/errors.ts';
import { asNumber, Binary, Long } from '../values/bson.ts';

/** Tells whether a bit is set, by its place from the lowest; undefined for what has no bits. */
type Bits = (place: number) => boolean;

/**
 * Compiles `$bitsAllSet` and its like.
 *
 * @param operand a bit mask, as a number or as binary data, or the places of bits
 * @param isWanted whether the bits are to be set or clear
 * @param isAll whether all of them, or any
 */
export function compileBits(
  operand: unknown,
  isWanted: boolean,
  isAll: boolean,
): (value: unknown) => boolean {
  const places = placesOf(operand);
  return (value) => {
    const bits = bitsOf(value);
    if (bits === undefined) return false;
    const test = (place: number): boolean => bits(place) === isWanted;
    return isAll ? places.every(test) : places.some(test);
  };
}

function placesOf(operand: unknown): number[] {
  if (Array.isArray(operand)) {
    const places = operand.map(asNumber);
    if (places.every((place) => place !== undefined && Number.isInteger(place) && place >= 0)) {
      return places as number[];
    }
    throw badValue('bit positions must be integers of at least 0');
  }
  const bits = bitsOf(operand);
  const isMask = operand instanceof Binary || (asNumber(operand) ?? -1) >= 0;
  if (bits === undefined || !isMask) {
    throw badValue('bits need an array of positions, a number of at least 0, or binary data');
  }
  const length = operand instanceof Binary ? operand.length() * 8 : 63;
  return Array.from({ length }, (_, place) => place).filter((place) => bits(place));
}

function bitsOf(value: unknown): Bits | undefined {
  if (value instanceof Binary) {
    const bytes = value.buffer.subarray(0, value.length());
    return (place) => (((bytes[place >> 3] ?? 0) >> (place & 7)) & 1) === 1;
  }
  const number = asNumber(value);
  if (number === undefined || !Number.isInteger(number)) return undefined;
  const whole = value instanceof Long ? value.toBigInt() : BigInt(number);
  if (BigInt.asIntN(64, whole) !== whole) return undefined;
  // Beyond the 64th bit the sign goes on.
  return (place) => ((whole >> BigInt(Math.min(place, 63))) & 1n) === 1n;
}
