/** How waiting grows, in milliseconds. */
export interface BackoffOptions {
  /** The bound of the first wait; it doubles with each attempt. */
  base: number;
  /** The bound that is never passed. */
  cap: number;
  /** 0 ≤ x < 1; `Math.random` unless said. */
  random?: () => number;
}

/**
 * How long to wait before the next attempt, in milliseconds: exponential with full jitter, so that many clients
 * that lost one server do not come back in step.
 *
 * @param attempt how many have failed before, 0 for none
 * @example
 * setTimeout(connect, backoff(attempt, { base: 500, cap: 10_000 }));
 */
export function backoff(attempt: number, { base, cap, random = Math.random }: BackoffOptions): number {
  // 2 ** 30 is beyond every cap, and a larger power would end as Infinity.
  const bound = Math.min(cap, base * 2 ** Math.min(attempt, 30));
  return Math.round(random() * bound);
}
