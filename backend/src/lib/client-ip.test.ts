import { expect, test } from 'vitest';
import { addressKey, clientIp } from './client-ip.ts';

test.each([
  ['10.0.0.1', '6.6.6.6', 0, '10.0.0.1'],
  ['10.0.0.1', null, 1, '10.0.0.1'],
  ['10.0.0.1', '6.6.6.6, 203.0.113.7', 1, '203.0.113.7'],
  ['10.0.0.1', '203.0.113.7, 10.0.0.2', 2, '203.0.113.7'],
  ['10.0.0.1', '203.0.113.7', 3, '203.0.113.7'],
  ['10.0.0.1', '', 1, '10.0.0.1'],
])('peer %s, forwarded for %s, %i proxies: %s', (peer, forwarded, proxies, expected) => {
  expect(clientIp(peer, forwarded, proxies)).toBe(expected);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
  ['not an address', 'not an address'],
  [`fe80::1%${'z'.repeat(100)}`, 'fe80:0:0:0::/64'],
])('limits count %s as %s, each time', (ip, key) => {
  expect([addressKey(ip), addressKey(ip)]).toEqual([key, key]);
});
