import { IPv6 } from 'ipaddr.js';

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

/** Keys of addresses that came lately: each message counts by one, and reading an address costs as much as sending it. */
const keys = new Map<string, string>();
const MOST_KEYS = 10_000;
/** Longer than any address; one with a zone may be as long as a header. */
const LONGEST = 64;

/**
 * What limits count by: an IPv4 address, or the /64 that one IPv6 customer has to themselves.
 *
 * @example addressKey('2001:db8:1:2:3:4:5:6') // '2001:db8:1:2::/64'
 */
export function addressKey(ip: string): string {
  const known = keys.get(ip);
  if (known !== undefined) return known;
  if (!IPv6.isValid(ip)) return ip;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = keyOf(IPv6.parse(ip));
  if (ip.length <= LONGEST) keys.set(ip, key);
  return key;
}

function keyOf(address: IPv6): string {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString();
  return `${address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
