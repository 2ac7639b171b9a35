import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A random secret of 256 bits for links and cookies, in URL-safe letters. */
export function createSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret token: it has 256 random bits, so a plain digest cannot be guessed back. */
export function hashSecretToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** A token that follows from the server's secret, so that it need not be stored. */
export function deriveToken(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url');
}

/** Compares in constant time. */
export function sameSecret(left: string, right: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(left).digest(),
    createHash('sha256').update(right).digest(),
  );
}
