import { truncates } from 'bcryptjs';
import pLimit from 'p-limit';
import { AppError } from './app-error.ts';

/** Comparing takes a quarter of a second of a core: a few at once, a bounded line behind them. */
const AT_ONCE = 4;
const IN_LINE = 40;
const turns = pLimit(AT_ONCE);

/** bcrypt's work factor: 2^12 rounds (SPEC §4). */
const COST = 12;

/**
 * Hashes with bcrypt off the event loop. bcryptjs makes the same hashes but stalls the loop 100 ms each.
 *
 * @throws VALIDATION_FAILED beyond 72 bytes, where bcrypt stops reading.
 */
export function hashPassword(password: string): Promise<string> {
  if (truncates(password)) throw new AppError('VALIDATION_FAILED', 'password: must have at most 72 bytes');
  return Bun.password.hash(password, { algorithm: 'bcrypt', cost: COST });
}

/** The hash of a random text that was thrown away: comparing with it makes an unknown address take as long. */
const NOBODYS_HASH = '$2b$12$DZqVjzOX7cdIFedwx/r4huoqw0nRIhWGFaEZPhWOitXkBMnizfunu';

/**
 * Is it the password? `hash` null (no such user, or none set yet) takes the same time and is false.
 *
 * @throws UNAVAILABLE when too many wait already.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  // A longer one was never accepted; what is compared instead keeps the time the same.
  const readable = truncates(password) ? '' : password;
  if (turns.pendingCount >= IN_LINE) {
    throw new AppError('UNAVAILABLE', 'Too many people are logging in at once. Please try again.', {
      retryAfterMs: 5_000,
    });
  }
  const matches = await turns(() => Bun.password.verify(readable, hash ?? NOBODYS_HASH));
  return matches && hash !== null && readable !== '';
}
