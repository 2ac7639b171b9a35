import { expect, test } from 'vitest';
import { en } from '../../locales/en.ts';
import { failureWords } from './failure-words.ts';

test.each([
  ['NOT_FOUND', en.siteUnknown, false],
  ['FORBIDDEN', en.notAllowed, false],
  ['OFFLINE', en.unreachable, true],
  ['RATE_LIMITED', en.unreachable, true],
] as const)('%s: %s', (code, heading, canRetry) => {
  expect(failureWords({ code, message: 'why' }, en)).toMatchObject({ heading, canRetry });
});

test('what the widget has no words for is told in the words of the server', () => {
  expect(failureWords({ code: 'RATE_LIMITED', message: 'Too many requests' }, en).hint).toBe(
    'Too many requests',
  );
});
