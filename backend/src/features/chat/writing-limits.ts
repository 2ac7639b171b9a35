import type { VisitorActor, Context } from '../../lib/context.ts';
import { addressKey } from '../../lib/client-ip.ts';
import { createRateLimit as createOwnLimit, type CreateRateLimit } from '../../lib/rate-limit.ts';
import type { Env } from '../../env.ts';

const DAY = 24 * 60 * 60;
const MINUTE = 60;
/** In ten minutes a customer may open, or reopen, half as many chats as they may send events in a second. */
const OPENINGS = { part: 0.5, seconds: 10 * MINUTE };
/** A day's text for each event that a customer may send in a second: 10 MB by default, as long as several novels. */
const TEXT_BYTES = 500_000;
/** What one address may write, as a multiple of what a customer may: behind it may be a whole company. */
const ADDRESS_FACTOR = 100;

type Writer = Pick<Context<VisitorActor>, 'actor' | 'ip'>;

/** How many chats customers open, and how much they write: what they store is kept for ever, and read by people. */
export interface WritingLimits {
  /** Counts a chat that is opened, or that waits again. @throws RATE_LIMITED */
  open(writer: Writer): Promise<void>;
  /** Counts what is written. @throws RATE_LIMITED */
  write(writer: Writer, text: string): Promise<void>;
}

/**
 * @param createRateLimit Counts openings, for all processes together; text is counted by each for itself, since it comes
 * with every message.
 */
export function createWritingLimits(
  createRateLimit: CreateRateLimit,
  {
    socketRateLimitPerSecond,
    rateLimitPerMinute,
  }: Pick<Env, 'socketRateLimitPerSecond' | 'rateLimitPerMinute'>,
): WritingLimits {
  const tooMany = 'Too many chats begun in a short time. Please wait some minutes.';
  const tooMuch = 'Too much written for one day. Please try again tomorrow.';
  const openings = createRateLimit({
    name: 'openings',
    points: Math.max(1, Math.ceil(socketRateLimitPerSecond * OPENINGS.part)),
    seconds: OPENINGS.seconds,
    message: tooMany,
  });
  // As many as may come as new visitors: each of them may open a chat.
  const openingsOfAddress = createRateLimit({
    name: 'openings-of-address',
    points: rateLimitPerMinute,
    seconds: MINUTE,
    message: tooMany,
  });
  const points = socketRateLimitPerSecond * TEXT_BYTES;
  const text = createOwnLimit({ points, seconds: DAY, message: tooMuch });
  const textOfAddress = createOwnLimit({ points: points * ADDRESS_FACTOR, seconds: DAY, message: tooMuch });
  return {
    async open({ actor, ip }) {
      await openings.use(actor.customerId);
      await openingsOfAddress.use(addressKey(ip));
    },
    async write({ actor, ip }, written) {
      const bytes = Buffer.byteLength(written);
      await text.use(actor.customerId, bytes);
      await textOfAddress.use(addressKey(ip), bytes);
    },
  };
}
