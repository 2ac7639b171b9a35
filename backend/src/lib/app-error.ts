import { ERROR_STATUS, type ErrorCode } from '@wzatco/sdk/contract/constants';
import type { ErrorBody } from '@wzatco/sdk/contract';

/**
 * A failure that the caller may see: a code of the contract, a message for people that says what to do,
 * and details for programs. Everything else that is thrown is shown as `INTERNAL` and logged.
 *
 * @example throw new AppError('CONFLICT', 'Anna has taken this chat already.');
 */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message);
    this.code = code;
    this.details = details;
  }

  /** The HTTP status of the code. */
  get status(): (typeof ERROR_STATUS)[ErrorCode] {
    return ERROR_STATUS[this.code];
  }

  /** What is written as `error` in an envelope or an acknowledgement. */
  toBody(): ErrorBody {
    return { code: this.code, message: this.message, ...(this.details ? { details: this.details } : {}) };
  }
}

/** Does not exist, or not for this actor: the two are never told apart. */
export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `There is no such ${what}, or it is not yours to see.`);
}

export function forbidden(message = 'Your role may not do this.'): AppError {
  return new AppError('FORBIDDEN', message);
}

export function unauthenticated(message = 'Please log in.'): AppError {
  return new AppError('UNAUTHENTICATED', message);
}

/** A token that is not accepted, and whether the token itself is at fault or whom it names. */
export class AuthenticationError extends AppError {
  readonly reason: 'token' | 'user';

  constructor(reason: 'token' | 'user', message: string) {
    super('UNAUTHENTICATED', message);
    this.reason = reason;
  }
}
