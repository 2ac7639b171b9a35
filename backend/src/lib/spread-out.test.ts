import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spreadOut } from './spread-out.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('each has a turn once in the interval, and few at once', () => {
  const turns: number[][] = [];
  const spread = spreadOut<number>(25_000, (members) => turns.push(members));
  for (let member = 0; member < 1_000; member += 1) spread.add(member);
  vi.advanceTimersByTime(25_000);
  expect(turns.flat().toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 1_000 }, (_, member) => member),
  );
  expect(Math.max(...turns.map(({ length }) => length))).toBe(10);
  vi.advanceTimersByTime(25_000);
  expect(turns.flat().filter((member) => member === 7)).toHaveLength(2);
  spread.stop();
  vi.advanceTimersByTime(25_000);
  expect(turns.flat()).toHaveLength(2_000);
});

test('whoever leaves has no more turns, and makes room for whoever comes', () => {
  const turns: string[] = [];
  const spread = spreadOut<string>(25_000, (members) => turns.push(...members));
  for (const member of ['a', 'b', 'c']) spread.add(member);
  spread.remove('a');
  spread.add('d');
  vi.advanceTimersByTime(25_000);
  expect(turns.toSorted()).toEqual(['b', 'c', 'd']);
  spread.stop();
});
