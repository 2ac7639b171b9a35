import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

/** What the console's pages may load and do: everything from this server, nothing inline. */
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' ws: wss:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/**
 * The page that shows the API: scripts are files of this server, and it talks to this server only. Its styles are laxer
 * than the console's: Scalar makes style elements and attributes while it runs.
 */
const API_DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Nothing that the API answers is a page. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * Security headers for every answer; a Content-Security-Policy for the console and the API. The widget's script must
 * load in pages of any origin; the example pages are a stranger's site, so no policy of ours binds them.
 */
export function securityHeaders() {
  const common = secureHeaders({
    crossOriginResourcePolicy: false,
    crossOriginOpenerPolicy: false,
    strictTransportSecurity: 'max-age=15552000',
    referrerPolicy: 'strict-origin-when-cross-origin',
  });
  return createMiddleware(async (c, next) => {
    await common(c, next);
    const { path } = c.req;
    if (path === '/agent' || path.startsWith('/agent/')) {
      c.header('content-security-policy', CONSOLE_POLICY);
      c.header('cross-origin-opener-policy', 'same-origin');
      c.header('cross-origin-resource-policy', 'same-origin');
      c.header('referrer-policy', 'no-referrer');
    } else if (path === '/api/docs' || path.startsWith('/api/docs/')) {
      c.header('content-security-policy', API_DOCS_POLICY);
      c.header('cross-origin-opener-policy', 'same-origin');
      c.header('cross-origin-resource-policy', 'same-origin');
      c.header('referrer-policy', 'no-referrer');
    } else if (path.startsWith('/api/')) {
      // What people uploaded says for itself, and more strictly.
      if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', API_POLICY);
      if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
    }
  });
}
