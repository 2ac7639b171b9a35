import { expect, test } from 'vitest';
import { backoff } from './backoff.ts';

const bounds = { base: 500, cap: 10_000 };

test('the bound doubles with each attempt, up to the cap', () => {
  const highest = [0, 1, 2, 3, 4, 5, 50, 5_000].map((attempt) =>
    backoff(attempt, { ...bounds, random: () => 0.999_999 }),
  );
  expect(highest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000]);
});

test('the jitter is full: from nothing to the bound', () => {
  expect(backoff(3, { ...bounds, random: () => 0 })).toBe(0);
  expect(backoff(3, { ...bounds, random: () => 0.5 })).toBe(2_000);
});
