import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

let time = 0;
const now = () => time;

/** Keeps the event loop busy for some milliseconds, as a request that runs for the first time does. */
function work(milliseconds: number): void {
  time += milliseconds;
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('what comes together begins one a turn once the turn’s time is used up, in its order', async () => {
  const pace = createPace(now);
  const begun: number[] = [];
  const request = async (number: number) => {
    await pace();
    begun.push(number);
    work(3);
  };
  // Each runs by itself as far as it comes, as requests do that the server reads one after the other.
  for (let number = 1; number <= 5; number += 1) {
    void request(number);
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(begun).toEqual([1, 2]);
  for (let turns = 0; begun.length < 5; turns += 1) {
    const before = begun.length;
    await nextTurn();
    expect(begun.length - before).toBeLessThanOrEqual(1);
    expect(turns).toBeLessThan(10);
  }
  expect(begun).toEqual([1, 2, 3, 4, 5]);
});

test('what comes by itself does not wait, and who comes later does not pass those who wait', async () => {
  const pace = createPace(now);
  expect(pace()).toBeUndefined();
  work(5);
  const order: string[] = [];
  const first = pace()?.then(() => order.push('first'));
  const second = pace()?.then(() => order.push('second'));
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
  await nextTurn();
  await nextTurn();
  expect(pace()).toBeUndefined();
});
