import { serverError } from '../driver/errors.ts';
import type { ChosenPlan } from '../search/planner.ts';

/** Thrown through a read that turns out too long for the thread it began in. */
class ReadTooLong extends Error {
  /** Errors that have a code pass through aggregation stages unchanged. */
  readonly code = 'READ_TOO_LONG';
}

export type ReadLimits = {
  /** How many documents a read may look at in the calling thread. */
  readonly documents: number;
  /** How many milliseconds it may take there. */
  readonly time: number;
};

/** What is longer goes to another thread: at some 3 µs a document this is 3 ms. */
export const DEFAULT_READ_LIMITS: ReadLimits = { documents: 1000, time: 8 };

/** Looking at the clock costs as much as looking at a document. */
const CLOCK_EVERY = 64;

/** Counts what a read costs, and ends one that costs more than it may. */
export class ReadMeter {
  documentsRead = 0;
  plan: ChosenPlan | undefined;
  readonly #documents: number;
  readonly #handOver: number;
  readonly #deadline: number;

  /**
   * @param limits beyond them `ReadTooLong` is thrown; nothing: it may go on
   * @param deadline the time (`Date.now()`) after which the read fails as MongoDB's `maxTimeMS` does
   */
  constructor(limits?: ReadLimits, deadline = Infinity) {
    this.#documents = limits?.documents ?? Infinity;
    this.#handOver = limits === undefined ? Infinity : performance.now() + limits.time;
    this.#deadline = deadline;
  }

  /** Says that one more document was read. */
  count(): void {
    this.documentsRead += 1;
    if (this.documentsRead > this.#documents) throw new ReadTooLong();
    if (this.documentsRead % CLOCK_EVERY === 0) this.check();
  }

  /** Says that what comes now is long. */
  requireUnlimited(): void {
    if (this.#documents !== Infinity) throw new ReadTooLong();
  }

  /** Looks at the clock. */
  check(): void {
    if (performance.now() > this.#handOver) throw new ReadTooLong();
    if (Date.now() > this.#deadline) {
      throw serverError(50, 'MaxTimeMSExpired', 'operation exceeded time limit');
    }
  }
}

/** What `read` gives, or undefined where it turned out too long. */
export function orTooLong<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReadTooLong) return undefined;
    throw error;
  }
}
