/**
 * The client's address: the peer's, or, behind `trustProxy` proxies that we believe, the one that the outermost of
 * them saw. Entries further left in `X-Forwarded-For` were written by strangers.
 *
 * @example clientIp('10.0.0.1', '6.6.6.6, 203.0.113.7', 1) // '203.0.113.7'
 */
export function clientIp(peer: string, forwardedFor: string | null, trustProxy: number): string {
  if (trustProxy === 0 || !forwardedFor) return peer;
  const hops = forwardedFor.split(',').map((hop) => hop.trim());
  return hops.at(-Math.min(trustProxy, hops.length)) || peer;
}
