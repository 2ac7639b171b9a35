import { expect, test } from 'vitest';
import { singleFlight } from './single-flight.ts';

test('calls that overlap share one run; a later call runs again, after a failure too', async () => {
  let runs = 0;
  const task = singleFlight(async () => {
    runs += 1;
    if (runs === 2) throw new Error('second');
    return runs;
  });
  expect(await Promise.all([task(), task()])).toEqual([1, 1]);
  await expect(task()).rejects.toThrow('second');
  expect(await task()).toBe(3);
});
