import { expect, test } from 'vitest';
import { resolveServer } from './resolve-server.ts';

test.each([
  ['https://example.com', 'https://example.com', ''],
  ['https://example.com/', 'https://example.com', ''],
  ['https://example.com:8443/support/', 'https://example.com:8443/support', '/support'],
])('%s', (server, base, prefix) => {
  expect(resolveServer(server)).toEqual({ base, origin: new URL(server).origin, prefix });
});
