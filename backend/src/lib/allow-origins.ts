import { endpointTables } from '@wzatco/sdk/contract';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { forbidden } from './app-error.ts';
import type { AppBindings } from './mount.ts';

/** Those of the contract: an endpoint's key begins with its method. */
const METHODS = [
  ...new Set(
    Object.values(endpointTables).flatMap((table) =>
      Object.keys(table).map((key) => key.split(' ')[0] ?? ''),
    ),
  ),
];
const HEADERS = ['authorization', 'content-type'];

/**
 * The door for pages of other origins. Staff origins may send credentials; a site's pages never. Anything under
 * `/api/widget` may be read from everywhere, so that a page that is not allowed yet can say so: the endpoints there
 * take no cookie and check the site's own list.
 *
 * @param admits Is it an origin of any site?
 */
export function allowOrigins(staffOrigins: readonly string[], admits: (origin: string) => Promise<boolean>) {
  const staff = cors({
    origin: [...staffOrigins],
    credentials: true,
    allowMethods: METHODS,
    allowHeaders: HEADERS,
  });
  const customers = cors({ origin: '*', allowMethods: METHODS, allowHeaders: HEADERS });
  return createMiddleware<AppBindings>(async (c, next) => {
    const { origin, serverOrigin } = c.get('context');
    if (origin === null || origin === serverOrigin) return next();
    if (staffOrigins.includes(origin)) return staff(c, next);
    if (c.req.path.startsWith('/api/widget/') || (await admits(origin))) return customers(c, next);
    throw forbidden(
      `Pages of ${origin} may not call this server. Add it to a site's origins or to CORS_ORIGINS.`,
    );
  });
}
