import { expect, test } from 'vitest';
import { secondsLeft } from './offer-time.ts';

const at = (time: string) => new Date(`2026-01-05T${time}Z`);
const EXPIRES = '2026-01-05T09:00:30.000Z';

test('a begun second is one', () => {
  expect(secondsLeft(EXPIRES, at('09:00:10'))).toBe(20);
  expect(secondsLeft(EXPIRES, at('09:00:10.500'))).toBe(20);
  expect(secondsLeft(EXPIRES, at('09:00:30'))).toBe(0);
});

test('a clock that is off by an hour says nothing', () => {
  expect(secondsLeft(EXPIRES, at('10:00:10'))).toBeNull();
  expect(secondsLeft(EXPIRES, at('08:00:10'))).toBeNull();
});
