import { AppError } from './app-error.ts';

/** Lets writes in as long as those before them are done in time. */
export interface WriteGate {
  /** @throws UNAVAILABLE with `details.retryAfterMs`, before anything is done, while there is too much under way. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** When there is too much. */
export interface WriteLimits {
  /** So many may be under way at once. */
  most: number;
  /** So long may even the fastest of a second take, in milliseconds: beyond it the queue never empties. */
  slowest: number;
}

/** Well below the time after which clients give up waiting for an acknowledgement, and send again. */
const LIMITS: WriteLimits = { most: 10_000, slowest: 2_000 };
/** What ended so long ago still says how long the queue is, in milliseconds. */
const WINDOW = 1_000;
/** So often is a write let in although there is too much: it shows whether there still is, in milliseconds. */
const PROBE_EVERY = 1_000;
const RETRY = { least: 1_000, most: 30_000 };

/**
 * Measures how long writes take. A burst is let in, since it passes; what is refused is a queue that stands: when
 * within a second even the fastest write took too long, or none ended while the oldest waited as long. Even then one
 * write a second is let in, so that one that is stuck does not close the gate for ever where few others come.
 *
 * @example const gate = createWriteGate(); const message = await gate.run(() => store(input));
 */
export function createWriteGate(
  { most, slowest }: WriteLimits = LIMITS,
  now: () => number = () => performance.now(),
): WriteGate {
  /** When those under way began, the oldest first. */
  const begun = new Map<symbol, number>();
  let lastBegan = -Infinity;
  let windowBegan = 0;
  /** The fastest of those that ended in this window, and of the window before. */
  let fastest: { now: number | null; before: number | null } = { now: null, before: null };

  function turnWindow(): void {
    const age = now() - windowBegan;
    if (age < WINDOW) return;
    fastest = { now: null, before: age < 2 * WINDOW ? fastest.now : null };
    windowBegan = now();
  }

  /** How long a write takes that comes now, as far as it can be measured. */
  function queueTime(): number {
    turnWindow();
    const [oldest] = begun.values();
    if (oldest === undefined) return 0;
    const ended = [fastest.now, fastest.before].filter((time) => time !== null);
    return ended.length > 0 ? Math.min(...ended) : now() - oldest;
  }

  return {
    async run(work) {
      const time = queueTime();
      const start = now();
      const isProbe = start - lastBegan >= PROBE_EVERY;
      if (begun.size >= most || (time > slowest && !isProbe)) {
        const retryAfterMs = Math.round(Math.min(Math.max(time, RETRY.least), RETRY.most));
        throw new AppError('UNAVAILABLE', 'The server is very busy. Please try again in a moment.', {
          retryAfterMs,
        });
      }
      const mine = Symbol();
      begun.set(mine, start);
      lastBegan = start;
      try {
        return await work();
      } finally {
        begun.delete(mine);
        turnWindow();
        fastest.now = Math.min(fastest.now ?? Infinity, now() - start);
      }
    },
  };
}
