import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { AppError } from './app-error.ts';
import { isDiskFull } from './is-disk-full.ts';
import { isUnavailable } from './is-unavailable.ts';
import type { Logger } from './log.ts';

/**
 * Turns whatever was thrown into what the caller may see. A database that is away and a disk that is full are
 * `UNAVAILABLE`; the unexpected is logged with its stack and shown as `INTERNAL` with the request id, by which the log
 * line is found.
 */
export function toAppError(error: unknown, requestId: string, log: Logger): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError) return validationFailed(error);
  if (error instanceof HTTPException && error.status === 413) {
    return new AppError('PAYLOAD_TOO_LARGE', 'The request is too large.');
  }
  if (isUnavailable(error)) {
    log.warn({ err: error, requestId }, 'the database does not answer');
    return new AppError('UNAVAILABLE', 'The database does not answer. Please try again in a moment.');
  }
  if (isDiskFull(error)) {
    log.error({ err: error, requestId }, 'the disk is full');
    return new AppError(
      'UNAVAILABLE',
      'The server has no room to store this just now. Please try again later.',
    );
  }
  log.error({ err: error, requestId }, 'unexpected failure');
  return new AppError('INTERNAL', 'Something went wrong on our side. Please try again.', { requestId });
}

/** Names each field that is wrong, and never its value. */
export function validationFailed(error: z.ZodError): AppError {
  const fields = error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const first = fields[0];
  const where = first?.path ? `${first.path}: ` : '';
  return new AppError('VALIDATION_FAILED', `${where}${first?.message ?? 'The input is not valid.'}`, {
    fields,
  });
}
