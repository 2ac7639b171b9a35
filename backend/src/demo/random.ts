import { Types } from 'mongoose';

/** Chance that is the same at every run: all of it follows from one seed. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  /** One of them. @throws RangeError for none. */
  pick<Item>(items: readonly Item[]): Item;
  /** True in `share` of all cases. */
  chance(share: number): boolean;
  /** An id as if it was made then. */
  idAt(date: Date): Types.ObjectId;
}

/** @example createRandom(7).pick(['a', 'b']) */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32: small, fast, and good enough for a stage set.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
    chance: (share) => next() < share,
    idAt(date) {
      const seconds = hex(Math.floor(date.getTime() / 1000), 8);
      return new Types.ObjectId(
        seconds + hex(Math.floor(next() * 2 ** 32), 8) + hex(Math.floor(next() * 2 ** 32), 8),
      );
    },
  };
}
