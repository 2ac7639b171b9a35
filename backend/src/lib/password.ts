import { availableParallelism } from 'node:os';
import { truncates } from 'bcryptjs';
import pLimit from 'p-limit';
import { AppError } from './app-error.ts';

/** Comparing takes a quarter of a second of a core: a few at once, a bounded line behind them; a core is left for the chats. */
const AT_ONCE = Math.min(4, Math.max(1, availableParallelism() - 1));
const IN_LINE = 40;

/** bcrypt's work factor: 2^12 rounds (SPEC §4). */
const COST = 12;

/** The hash of a random text that was thrown away: comparing with it makes an unknown address take as long. */
const NOBODYS_HASH = '$2b$12$DZqVjzOX7cdIFedwx/r4huoqw0nRIhWGFaEZPhWOitXkBMnizfunu';

/** Hashes passwords with bcrypt and compares them, off the event loop: bcryptjs does the same, but stalls it 100 ms each. */
export interface Passwords {
  /** @throws VALIDATION_FAILED beyond 72 bytes, where bcrypt stops reading. */
  hash(password: string): Promise<string>;
  /**
   * Is it the password? `hash` null (no such user, or none set yet) takes the same time and is false.
   *
   * @throws UNAVAILABLE when too many wait already.
   */
  matches(password: string, hash: string | null): Promise<boolean>;
}

/**
 * @param cost bcrypt's work factor for new hashes; only tests, which make hundreds of users, take less.
 * @example const passwords = createPasswords(); await passwords.matches('secret', await passwords.hash('secret'));
 */
export function createPasswords(cost = COST): Passwords {
  const turns = pLimit(AT_ONCE);
  return {
    async hash(password) {
      if (truncates(password))
        throw new AppError('VALIDATION_FAILED', 'password: must have at most 72 bytes');
      return Bun.password.hash(password, { algorithm: 'bcrypt', cost });
    },

    async matches(password, hash) {
      // A longer one was never accepted; what is compared instead keeps the time the same.
      const readable = truncates(password) ? '' : password;
      if (turns.pendingCount >= IN_LINE) {
        throw new AppError('UNAVAILABLE', 'Too many people are logging in at once. Please try again.', {
          retryAfterMs: 5_000,
        });
      }
      const isEqual = await turns(() => Bun.password.verify(readable, hash ?? NOBODYS_HASH));
      return isEqual && hash !== null && readable !== '';
    },
  };
}
