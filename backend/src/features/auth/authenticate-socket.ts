import { PROTOCOL, type ErrorCode } from '@wzatco/sdk/contract/constants';
import { z } from 'zod';
import { AppError, AuthenticationError } from '../../lib/app-error.ts';
import type { UserActor, VisitorActor } from '../../lib/context.ts';
import type { Authenticator, Place } from './authenticate.ts';

/** What a socket sends as `auth`; anything else in it is not for us. */
const handshake = z.object({ token: z.string().min(1).max(4_096), protocol: z.int().default(1) });

/** Why a socket was refused: `connect_error` carries the message, and the code in `data`. */
export class HandshakeError extends Error {
  override name = 'HandshakeError';
  readonly data: { code: ErrorCode };

  constructor(message: string, code: ErrorCode) {
    super(message);
    this.data = { code };
  }
}

/**
 * Finds out who a socket is, before it is connected.
 *
 * @throws HandshakeError with the messages of SPEC §5.
 */
export async function authenticateSocket(
  authenticator: Authenticator,
  auth: unknown,
  place: Place,
): Promise<UserActor | VisitorActor> {
  const parsed = handshake.safeParse(auth);
  if (!parsed.success) {
    const token = z.object({ token: z.unknown() }).safeParse(auth).data?.token;
    const missing = token === undefined || token === null || token === '';
    throw refused(missing ? 'No token provided' : 'Invalid token');
  }
  if (parsed.data.protocol !== PROTOCOL)
    throw new HandshakeError('Unsupported protocol', 'VALIDATION_FAILED');
  try {
    return await authenticator.byToken(parsed.data.token, place);
  } catch (error) {
    if (error instanceof AuthenticationError) {
      throw refused(error.reason === 'user' ? 'Invalid user' : 'Invalid token');
    }
    if (error instanceof AppError)
      throw new HandshakeError(`Authentication error: ${error.message}`, error.code);
    throw error;
  }
}

function refused(what: string): HandshakeError {
  return new HandshakeError(`Authentication error: ${what}`, 'UNAUTHENTICATED');
}
