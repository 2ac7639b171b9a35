import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from './app-error.ts';

/** Counts uses of a key within a time, and refuses beyond the limit. */
export interface RateLimit {
  /** Counts `points` uses, one unless said. @throws RATE_LIMITED with `details.retryAfterMs`. */
  use(key: string, points?: number): Promise<void>;
  /** Forgets a key, e.g. after a successful login. */
  forget(key: string): Promise<void>;
}

/**
 * @example
 * const signIn = createRateLimit({ points: 10, seconds: 15 * 60, message: 'Too many attempts.' });
 * await signIn.use(`${email}|${ip}`);
 */
export function createRateLimit(options: { points: number; seconds: number; message: string }): RateLimit {
  const limiter = new RateLimiterMemory({ points: options.points, duration: options.seconds });
  return {
    async use(key, points = 1) {
      try {
        await limiter.consume(key, points);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new AppError('RATE_LIMITED', options.message, { retryAfterMs: refused.msBeforeNext });
      }
    },
    async forget(key) {
      await limiter.delete(key);
    },
  };
}
