import { expect, test } from 'vitest';
import { createWriteGate } from './write-gate.ts';

/** Work that ends when the test says so, at a clock of the test's. */
function setUp(limits: { most: number; slowest: number }) {
  let clock = 0;
  const gate = createWriteGate(limits, () => clock);
  const begin = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = gate.run(() => promise);
    return { done, end: () => (resolve(), done) };
  };
  return { gate, begin, pass: (milliseconds: number) => void (clock += milliseconds) };
}

const refused = (retryAfterMs: number) => ({ code: 'UNAVAILABLE', details: { retryAfterMs } });
const nothing = async () => 'done';

test('so many may be under way, and one more when one has ended', async () => {
  const { gate, begin } = setUp({ most: 2, slowest: 500 });
  const [first, second] = [begin(), begin()];
  await expect(gate.run(nothing)).rejects.toMatchObject(refused(1_000));
  await first.end();
  expect(await gate.run(nothing)).toBe('done');
  await second.end();
});

test('a burst whose writes are done in time is let in; one slow write among fast ones is no matter', async () => {
  const { gate, begin, pass } = setUp({ most: 1_000, slowest: 500 });
  const slow = begin();
  const burst = Array.from({ length: 900 }, begin);
  pass(400);
  await Promise.all(burst.map(({ end }) => end()));
  pass(400);
  expect(await gate.run(nothing)).toBe('done');
  await slow.end();
});

test('a queue in which even the fastest takes too long is refused, until it has emptied', async () => {
  const { gate, begin, pass } = setUp({ most: 1_000, slowest: 500 });
  const queue = Array.from({ length: 10 }, begin);
  pass(3_000);
  await queue[0]?.end();
  const probe = begin();
  await expect(gate.run(nothing)).rejects.toMatchObject(refused(3_000));
  for (const { end } of [...queue, probe]) await end();
  expect(await gate.run(nothing)).toBe('done');
});

test('where nothing ends at all, the oldest says how long it takes', async () => {
  const { gate, begin, pass } = setUp({ most: 1_000, slowest: 500 });
  const stuck = begin();
  pass(400);
  const second = begin();
  pass(60_000);
  const probe = begin();
  await expect(gate.run(nothing)).rejects.toMatchObject(refused(30_000));
  for (const { end } of [stuck, second, probe]) await end();
  expect(await gate.run(nothing)).toBe('done');
});

test('one that is stuck for ever closes the gate for nobody else, however few they are', async () => {
  const { gate, begin, pass } = setUp({ most: 1_000, slowest: 500 });
  const stuck = begin();
  for (let minute = 0; minute < 5; minute += 1) {
    pass(60_000);
    expect(await gate.run(nothing)).toBe('done');
    expect(await gate.run(nothing)).toBe('done');
  }
  await stuck.end();
});

test('while there is too much, one write a second is let in, and opens the gate when it is fast again', async () => {
  const { gate, begin, pass } = setUp({ most: 1_000, slowest: 500 });
  const held = [begin()];
  pass(60_000);
  for (let second = 0; second < 3; second += 1) {
    held.push(begin());
    await expect(gate.run(nothing)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    pass(999);
    await expect(gate.run(nothing)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    pass(1);
  }
  expect(await gate.run(nothing)).toBe('done');
  expect(await gate.run(nothing)).toBe('done');
  for (const { end } of held) await end();
});

test('a write that fails has ended too', async () => {
  const { gate } = setUp({ most: 1, slowest: 500 });
  await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate.run(nothing)).toBe('done');
});
