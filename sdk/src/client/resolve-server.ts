/** A server's address in the two forms that REST and sockets want it. */
export interface ServerAddress {
  /** Without a slash at its end, e.g. `https://example.com/support`. Also names what is stored for this server. */
  base: string;
  /** `https://example.com`. */
  origin: string;
  /** What stands before every path, e.g. `/support`, mostly empty. */
  prefix: string;
}

/**
 * Reads the `server` option; a relative one is taken from the page's own address.
 *
 * @example
 * resolveServer('https://example.com/support/').base; // 'https://example.com/support'
 */
export function resolveServer(server: string): ServerAddress {
  const here: { href: string } | undefined = globalThis.location;
  const url = new URL(server, here?.href);
  const prefix = url.pathname.replace(/\/+$/, '');
  return { base: url.origin + prefix, origin: url.origin, prefix };
}
