import { ERROR_STATUS, type ErrorCode } from '../contract/constants.ts';
import type { Page } from '../contract/endpoints.ts';
import { ClientError } from './client-error.ts';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_STATUS, code);
}

/**
 * The value in a success envelope (a list becomes a `Page`); throws a failure as `ClientError`.
 * What is no envelope at all did not come from WZATCO (a proxy's error page, a login of the network):
 * that is `UNAVAILABLE`, so that it is tried again.
 *
 * @param status the HTTP status; leave it out for acknowledgements
 * @example
 * readEnvelope({ success: true, data: 7 }); // 7
 */
export function readEnvelope(envelope: unknown, status = 0): unknown {
  if (isRecord(envelope) && envelope['success'] === true) return successOf(envelope);
  if (isRecord(envelope) && isRecord(envelope['error'])) throw failureOf(envelope['error'], status);
  if (status === 413) throw new ClientError('PAYLOAD_TOO_LARGE', 'That is too large to be sent.', status);
  throw new ClientError('UNAVAILABLE', 'The server cannot be reached right now.', status);
}

function successOf(envelope: Record<string, unknown>): unknown {
  const { data, page } = envelope;
  if (!isRecord(page) || !Array.isArray(data)) return data;
  const cursor = page['nextCursor'];
  return { items: data, nextCursor: typeof cursor === 'string' ? cursor : null } satisfies Page<unknown>;
}

function failureOf(error: Record<string, unknown>, status: number): ClientError {
  const code = isErrorCode(error['code']) ? error['code'] : codeOf(status);
  const message = typeof error['message'] === 'string' ? error['message'] : 'Something went wrong.';
  const details = isRecord(error['details']) ? error['details'] : undefined;
  return new ClientError(code, message, status || ERROR_STATUS[code], details);
}

/** For a code that only a newer server knows. */
function codeOf(status: number): ErrorCode {
  const known = Object.entries(ERROR_STATUS).find(([, known]) => known === status)?.[0];
  if (isErrorCode(known)) return known;
  return status >= 400 && status < 500 ? 'VALIDATION_FAILED' : 'INTERNAL';
}
