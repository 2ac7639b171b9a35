import { expect, test } from 'vitest';
import { createReadable } from './readable.ts';

test('a listener hears the value now, each change, and nothing after its unsubscribe', () => {
  const value = createReadable(1);
  const heard: number[] = [];
  const stop = value.subscribe((next) => heard.push(next));
  value.set(2);
  value.set(2);
  stop();
  value.set(3);
  expect(heard).toEqual([1, 2]);
  expect(value.get()).toBe(3);
});

test('a listener that sets the value again leaves nobody with the older one', () => {
  const value = createReadable(0);
  const heard: number[] = [];
  value.subscribe((next) => {
    if (next === 1) value.set(2);
  });
  value.subscribe((next) => heard.push(next));
  value.set(1);
  expect(heard).toEqual([0, 2]);
});

test('one listener can subscribe twice, and each subscription ends by itself', () => {
  const value = createReadable(0);
  const heard: number[] = [];
  const listener = (next: number) => void heard.push(next);
  const stop = value.subscribe(listener);
  value.subscribe(listener);
  stop();
  value.set(1);
  expect(heard).toEqual([0, 0, 1]);
});
