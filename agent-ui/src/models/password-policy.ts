import { LIMITS } from '@wzatco/sdk/contract/constants';

/** What is asked of a new password, in words. */
export const PASSWORD_RULE = `At least ${LIMITS.passwordMin} characters.`;

/** Why a password may not be chosen, or null when it may. Same rule as the server's. */
export function passwordProblem(password: string): string | null {
  if (password.length < LIMITS.passwordMin) return `Use at least ${LIMITS.passwordMin} characters.`;
  if (new TextEncoder().encode(password).length > LIMITS.passwordBytes) {
    return `Use at most ${LIMITS.passwordBytes} bytes: that is ${LIMITS.passwordBytes} plain letters, fewer with accents or emoji.`;
  }
  return null;
}
