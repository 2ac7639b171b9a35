import { expect, test } from 'vitest';
import { isTooLong, roomLeft } from './room-left.ts';

test.each([
  [0, null],
  [9_499, null],
  [9_500, 500],
  [10_000, 0],
  [10_007, -7],
])('%i characters leave %s', (length, left) => {
  expect(roomLeft('x'.repeat(length))).toBe(left);
  expect(roomLeft('😀'.repeat(length))).toBe(left);
  expect(isTooLong('😀'.repeat(length))).toBe(left !== null && left < 0);
});
