import { expect, test } from 'vitest';
import { clientIp } from './client-ip.ts';

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
