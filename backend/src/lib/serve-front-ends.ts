import { fileURLToPath } from 'node:url';
import type { Context } from 'hono';
import { serveStatic } from 'hono/bun';
import { createMiddleware } from 'hono/factory';
import { etag } from 'hono/etag';
import type { App } from './mount.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

const YEAR = 'public, max-age=31536000, immutable';
/** A new version of the widget reaches every page within minutes, and an unchanged one costs a 304. */
const MINUTES = 'public, max-age=300';

/**
 * Serves the widget's script, the console and the example pages from where they were built, each file compressed as it
 * was then or plain: whoever asks, and whatever they accept, nothing is compressed for a request.
 */
export function serveFrontEnds(app: App): void {
  app.use(
    '/wzatco-chat.js',
    etag(),
    forEveryPage(MINUTES),
    serveStatic({ root: folder('sdk/dist'), path: 'wzatco-chat.js', precompressed: true }),
  );
  app.use(
    '/wzatco-chat/*',
    onlyFileNames,
    forEveryPage(YEAR),
    serveStatic({ root: folder('sdk/dist'), precompressed: true }),
  );
  app.use(
    '/agent/assets/*',
    onlyFileNames,
    cached(YEAR),
    serveStatic({ root: folder('agent-ui/dist'), rewriteRequestPath: withoutAgent, precompressed: true }),
  );
  // Not the page below: an old page that asks for a script of before must not get HTML, and keep it for a year.
  app.get('/agent/assets/*', (c) => c.notFound());
  app.use(
    '/agent/*',
    cached('no-cache'),
    serveStatic({ root: folder('agent-ui/dist'), path: 'index.html', precompressed: true }),
  );
  app.get(
    '/agent',
    cached('no-cache'),
    serveStatic({ root: folder('agent-ui/dist'), path: 'index.html', precompressed: true }),
  );
  app.use('/examples/:name/*', onlyFileNames, onlyPages, serveStatic({ root: folder('.') }));
  app.get('/', (c) => c.redirect('/agent'));
}

/**
 * Serves the page that shows the API. It stands before the API's own middleware: a page is for everybody, and does not
 * count as a request.
 */
export function serveApiDocs(app: App): void {
  const root = folder('backend/api-docs/dist');
  app.use(
    '/api/docs/assets/*',
    onlyFileNames,
    cached(YEAR),
    serveStatic({
      root,
      rewriteRequestPath: (path) => path.replace(/^\/api\/docs/, ''),
      precompressed: true,
    }),
  );
  app.get('/api/docs/assets/*', (c) => c.notFound());
  app.get('/api/docs', cached('no-cache'), serveStatic({ root, path: 'index.html', precompressed: true }));
  app.get('/api/docs/', (c) => c.redirect('/api/docs'));
}

function withoutAgent(path: string): string {
  return path.replace(/^\/agent/, '');
}

function cached(policy: string) {
  return createMiddleware(async (c, next) => {
    await next();
    if (c.res.ok) keep(c, policy);
  });
}

/** How a file may be kept. The plain one says too that there are others: else a cache gives it to everybody. */
function keep(c: Context, policy: string): void {
  c.header('cache-control', policy);
  c.header('vary', 'Accept-Encoding');
}

function forEveryPage(policy: string) {
  return createMiddleware(async (c, next) => {
    await next();
    if (!c.res.ok) return;
    keep(c, policy);
    c.header('access-control-allow-origin', '*');
    c.header('cross-origin-resource-policy', 'cross-origin');
  });
}

/** No name that a file of ours could have: it must not reach the file system. */
const onlyFileNames = createMiddleware(async (c, next) =>
  c.req.path.length < 200 && /^[\w./-]+$/.test(c.req.path) ? next() : c.notFound(),
);

/** The examples' folder also holds tests and manifests, which are nobody's business. */
const onlyPages = createMiddleware(async (c, next) => {
  const isPage = /\/$|\.(html|css|js|svg|png|webp|jpg)$/.test(c.req.path);
  if (!isPage || c.req.path.includes('/e2e/') || c.req.path.includes('node_modules')) return c.notFound();
  return next();
});
