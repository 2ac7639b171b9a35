import type { Context as HonoContext } from 'hono';
import { AppError } from './app-error.ts';
import type { AppBindings } from './mount.ts';
import { toAppError } from './to-app-error.ts';

/** Answers a failure in the envelope of SPEC §6, with `Retry-After` where waiting helps. */
export function sendError(c: HonoContext<AppBindings>, error: unknown): Response {
  const { requestId, log } = c.get('context');
  const known = error instanceof AppError ? error : toAppError(error, requestId, log);
  const retryAfterMs = known.details?.['retryAfterMs'];
  if (typeof retryAfterMs === 'number') c.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  return c.json({ success: false, error: known.toBody() }, known.status);
}
