import { createMiddleware } from 'hono/factory';
import { AppError } from '../../lib/app-error.ts';
import { addressKey } from '../../lib/client-ip.ts';
import type { Actor, Context } from '../../lib/context.ts';
import type { AppBindings } from '../../lib/mount.ts';
import type { RateLimit } from '../../lib/rate-limit.ts';
import type { Authenticator } from './authenticate.ts';
import { readSessionCookie } from './session-cookie.ts';

const NOBODY: Actor = { kind: 'none' };

/** Paths that must answer whoever asks, with whatever token: they say nothing of anybody. */
const OPEN_PATHS = new Set(['/api/health', '/api/ready']);

/**
 * Finds out who asks, from the token or the cookie, and counts the request: of one session or customer, or of the
 * address where there is none. A token that is not accepted counts for the address, and only stops where the endpoint
 * needs somebody; a login page may carry a cookie that has ended.
 */
export function identifyCaller(
  authenticator: Authenticator,
  requests: RateLimit,
  isPublic: (path: string) => boolean,
) {
  return createMiddleware<AppBindings>(async (c, next) => {
    if (OPEN_PATHS.has(c.req.path)) return next();
    const context = c.get('context');
    let actor: Actor = NOBODY;
    let refused: AppError | null = null;
    try {
      actor = await identify(authenticator, context, c.req.raw);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused = error;
    }
    // What anybody may call is counted by address: a token costs a stranger nothing.
    const counted = isPublic(c.req.path) ? NOBODY : actor;
    await requests.use(countedAs(counted, context.ip));
    if (refused && (refused.code !== 'UNAUTHENTICATED' || c.req.header('authorization'))) throw refused;
    context.actor = actor;
    return next();
  });
}

async function identify(authenticator: Authenticator, context: Context, request: Request): Promise<Actor> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
    if (!token) throw new AppError('UNAUTHENTICATED', 'Send the token as Authorization: Bearer <token>.');
    return authenticator.byToken(token, context);
  }
  const sessionToken = readSessionCookie(request.headers.get('cookie'));
  if (sessionToken === null) return { kind: 'none' };
  return authenticator.byCookie(sessionToken, context, !['GET', 'HEAD'].includes(request.method));
}

function countedAs(actor: Actor, ip: string): string {
  if (actor.kind === 'user') return `session:${actor.sessionId}`;
  return actor.kind === 'visitor' ? `customer:${actor.customerId}` : `ip:${addressKey(ip)}`;
}
