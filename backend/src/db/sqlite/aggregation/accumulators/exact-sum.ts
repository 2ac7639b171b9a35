import { asNumber, Decimal128, Double, Int32, Long } from '../../values/bson.ts';
import { isInteger, toBigInt } from '../../values/arithmetic.ts';
import { addScaled, exactDouble, fromScaled, toScaled } from '../../values/decimal.ts';
import type { Scaled } from '../../values/decimal.ts';

/**
 * A sum that loses no digit of whole numbers and decimals, and of doubles keeps the rounding error in
 * a second double, as MongoDB does. What is no number adds nothing.
 */
export class ExactSum {
  #integers = 0n;
  #high = 0;
  #low = 0;
  /** NaN and infinities follow their own rules, apart from the sum. */
  #special: number | undefined;
  #decimals: Scaled | undefined;
  #hasLong = false;
  #hasDouble = false;
  #count = 0;

  /** How many numbers were added. */
  get count(): number {
    return this.#count;
  }

  add(value: unknown): void {
    const number = asNumber(value);
    if (number === undefined) return;
    this.#count += 1;
    if (isInteger(value)) {
      this.#integers += toBigInt(value);
      this.#hasLong ||= value instanceof Long;
    } else if (value instanceof Decimal128) {
      this.#addDecimal(value);
    } else {
      this.#hasDouble = true;
      if (Number.isFinite(number)) this.#addDouble(number);
      else this.#special = (this.#special ?? 0) + number;
    }
  }

  /** The sum in the widest class of what was added: an int that overflows is a long, a long a double. */
  result(): unknown {
    const exact = this.#decimal();
    if (exact !== undefined) return exact;
    if (this.#hasDouble) return new Double(this.#double());
    if (!this.#hasLong && BigInt.asIntN(32, this.#integers) === this.#integers) {
      return new Int32(Number(this.#integers));
    }
    if (BigInt.asIntN(64, this.#integers) === this.#integers) return Long.fromBigInt(this.#integers);
    return new Double(Number(this.#integers));
  }

  /** The sum as a double or a decimal, for what goes on calculating with it. */
  wide(): unknown {
    return this.#decimal() ?? new Double(this.#double());
  }

  #addDecimal(value: InstanceType<typeof Decimal128>): void {
    const scaled = toScaled(value);
    this.#decimals ??= { digits: 0n, scale: 0 };
    if (scaled === undefined) this.#special = (this.#special ?? 0) + Number(value.toString());
    else this.#decimals = addScaled(this.#decimals, scaled);
  }

  #addDouble(value: number): void {
    const sum = this.#high + value;
    const part = sum - this.#high;
    this.#low += this.#high - (sum - part) + (value - part);
    this.#high = sum;
  }

  #double(): number {
    if (this.#special !== undefined) return this.#special;
    if (!Number.isFinite(this.#high)) return this.#high;
    const whole = Number(this.#integers);
    if (whole === 0) return this.#high + this.#low;
    // What the nearest double leaves of the whole number counts too.
    return this.#high + whole + (this.#low + Number(this.#integers - BigInt(whole)));
  }

  #decimal(): unknown {
    if (this.#decimals === undefined) return undefined;
    if (this.#special !== undefined) return Decimal128.fromString(String(this.#special));
    const integers = { digits: this.#integers, scale: 0 };
    const doubles = addScaled(exactDouble(this.#high), exactDouble(this.#low));
    const whole = this.#hasDouble ? addScaled(integers, doubles) : integers;
    return fromScaled(addScaled(this.#decimals, whole));
  }
}
