import type { ErrorCode } from '../contract/constants.ts';

/** A failure's name: the server's code, or `OFFLINE` where no answer came (no network, no server, too slow). */
export type ClientErrorCode = ErrorCode | 'OFFLINE';

/**
 * Every rejected promise of the client is one of these. `message` is fit to be shown to people.
 *
 * @example
 * try {
 *   await agent.auth.login({ email, password });
 * } catch (error) {
 *   if (error instanceof ClientError && error.code === 'UNAUTHENTICATED') show('Wrong e-mail or password.');
 * }
 */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  /** What went wrong, for programs. */
  readonly code: ClientErrorCode;
  /** The HTTP status, 0 where no answer came. */
  readonly status: number;
  /** More about it where the server says so, e.g. `retryAfterMs` (milliseconds) of `RATE_LIMITED`. */
  readonly details?: Record<string, unknown>;

  constructor(code: ClientErrorCode, message: string, status: number, details?: Record<string, unknown>) {
    super(message);
    this.code = code;
    this.status = status;
    if (details) this.details = details;
  }
}
