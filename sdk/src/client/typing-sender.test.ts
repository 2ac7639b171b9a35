import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTypingIndicator } from './typing-indicator.ts';
import { createTypingSender } from './typing-sender.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function record() {
  const told: [number, boolean][] = [];
  const start = Date.now();
  const sender = createTypingSender((isTyping) => told.push([Date.now() - start, isTyping]));
  return { told, sender };
}

test('going on writing is said at once and then only now and then', () => {
  const { told, sender } = record();
  for (let time = 0; time < 4_000; time += 100) {
    sender.set(true);
    vi.advanceTimersByTime(100);
  }
  expect(told).toEqual([
    [0, true],
    [3_000, true],
  ]);
  sender.clear();
});

test('stopping is said, but never within 500 ms of the last word', () => {
  const { told, sender } = record();
  sender.set(true);
  vi.advanceTimersByTime(100);
  sender.set(false);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([
    [0, true],
    [500, false],
  ]);
});

test('who only stops typing is told to have stopped', () => {
  const { told, sender } = record();
  sender.set(true);
  vi.advanceTimersByTime(20_000);
  expect(told).toEqual([
    [0, true],
    [6_000, false],
  ]);
});

test('a sent message says it all, and leaves no timer', () => {
  const { told, sender } = record();
  sender.set(true);
  sender.sent();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(20_000);
  expect(told).toEqual([[0, true]]);
});

test('whoever writes is shown until they stop or nothing more is heard of them', () => {
  const indicator = createTypingIndicator();
  indicator.note('Ada', true);
  vi.advanceTimersByTime(4_000);
  indicator.note('Bob', true);
  expect(indicator.names.get()).toEqual(['Ada', 'Bob']);
  vi.advanceTimersByTime(4_000);
  expect(indicator.names.get()).toEqual(['Bob']);
  indicator.note('Bob', false);
  expect([indicator.names.get(), vi.getTimerCount()]).toEqual([[], 0]);
});

test('a clock that is set back by an hour keeps nobody typing, and nobody from saying so', () => {
  const { told, sender } = record();
  const typing = createTypingIndicator();
  typing.note('Ada', true);
  sender.set(true);
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(3_500);
  sender.set(true);
  expect(told).toHaveLength(2);
  vi.advanceTimersByTime(3_500);
  expect(typing.names.get()).toEqual([]);
  sender.clear();
});
