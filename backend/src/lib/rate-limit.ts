import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from './app-error.ts';

/** Counts uses of a key within a time, and refuses beyond the limit. */
export interface RateLimit {
  /** Counts `points` uses, one unless said. @throws RATE_LIMITED with `details.retryAfterMs`. */
  use(key: string, points?: number): Promise<void>;
  /** Takes back uses that came to nothing. */
  giveBack(key: string, points: number): Promise<void>;
  /** Forgets a key, e.g. after a successful login. */
  forget(key: string): Promise<void>;
}

export interface RateLimitOptions {
  points: number;
  seconds: number;
  message: string;
}

/** Makes limits. Processes that share a store count together under the limit's name. */
export type CreateRateLimit = (options: RateLimitOptions & { name: string }) => RateLimit;

/**
 * A limit of this process.
 *
 * @example
 * const signIn = createRateLimit({ points: 10, seconds: 15 * 60, message: 'Too many attempts.' });
 * await signIn.use(`${email}|${ip}`);
 */
export function createRateLimit({ points, seconds, message }: RateLimitOptions): RateLimit {
  return limitBy(new RateLimiterMemory({ points, duration: seconds }), message);
}

/**
 * Limits that several processes share. While the store is away each of them counts for itself: nobody is refused
 * for that, and nobody gets in without being counted.
 *
 * @param store A client of ioredis that answers or fails soon.
 */
export function createSharedRateLimits(store: unknown, prefix: string): CreateRateLimit {
  return ({ name, points, seconds, message }) => {
    const limiter = new RateLimiterRedis({
      storeClient: store,
      keyPrefix: `${prefix}:limit:${name}`,
      points,
      duration: seconds,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ points, duration: seconds }),
    });
    return limitBy(limiter, message);
  };
}

function limitBy(limiter: RateLimiterMemory | RateLimiterRedis, message: string): RateLimit {
  return {
    async use(key, points = 1) {
      try {
        await limiter.consume(key, points);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new AppError('RATE_LIMITED', message, { retryAfterMs: refused.msBeforeNext });
      }
    },
    async giveBack(key, points) {
      await limiter.reward(key, points);
    },
    async forget(key) {
      await limiter.delete(key);
    },
  };
}
