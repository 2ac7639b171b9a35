import { randomUUID } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { clientIp } from './client-ip.ts';
import type { Context } from './context.ts';
import type { Logger } from './log.ts';
import type { AppBindings } from './mount.ts';
import { serverOrigin } from './server-origin.ts';

/** What the listener passes along with a request. */
export interface PeerBindings {
  /** The address of the connection's other end. */
  peer?: string;
}

/**
 * Gives each request its context and its id, and writes one log line when it is answered: never its query, its body
 * or its headers, where secrets are.
 */
export function startRequest(trustProxy: number, log: Logger) {
  return createMiddleware<AppBindings>(async (c, next) => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    const request = c.req.raw;
    const context: Context = {
      actor: { kind: 'none' },
      requestId,
      log: log.child({ requestId }),
      ip: clientIp((c.env as PeerBindings).peer ?? '', c.req.header('x-forwarded-for') ?? null, trustProxy),
      userAgent: c.req.header('user-agent') ?? '',
      origin: c.req.header('origin') ?? null,
      serverOrigin: serverOrigin(request, trustProxy),
      replyHeaders: new Headers(),
      afterwards: (work) => work(),
    };
    c.set('context', context);
    await next();
    c.header('x-request-id', requestId);
    for (const [name, value] of context.replyHeaders) c.header(name, value, { append: true });
    const path = c.req.path;
    if (!path.startsWith('/api/')) return;
    const { actor } = context;
    const who =
      actor.kind === 'user'
        ? { userId: actor.id }
        : actor.kind === 'visitor'
          ? { customerId: actor.customerId }
          : {};
    const milliseconds = Math.round(performance.now() - startedAt);
    context.log.info({ method: c.req.method, path, status: c.res.status, milliseconds, ...who }, 'request');
  });
}
