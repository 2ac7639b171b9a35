import { createMiddleware } from 'hono/factory';
import type { AppBindings } from '../../lib/mount.ts';
import type { PresenceService } from './presence.service.ts';

/** Every request of a user is a sign of life; clients read of their own accord too, so only a change is theirs. */
export function noteRequests(presence: PresenceService) {
  return createMiddleware<AppBindings>(async (c, next) => {
    const { actor } = c.get('context');
    if (actor.kind === 'user') await presence.signOfLife(actor.id, c.req.method !== 'GET');
    return next();
  });
}
