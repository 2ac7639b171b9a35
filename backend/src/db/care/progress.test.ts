import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

/** A screen that remembers, and a clock that is set. */
function watch(isTTY: boolean) {
  const shown: string[] = [];
  let time = 0;
  const progress = createProgress({ isTTY, write: (text) => shown.push(text) }, () => time);
  return { progress, shown, at: (milliseconds: number) => void (time = milliseconds) };
}

test('a terminal gets a bar with the rate and the time that is left', () => {
  const { progress, shown, at } = watch(true);
  progress.begin('messages', 4000);
  at(50);
  progress.update(10);
  expect(shown).toEqual([]);
  at(1000);
  progress.update(1000);
  expect(shown.map(stripVTControlCharacters)).toEqual([
    '\r██████░░░░░░░░░░░░░░░░░░ messages: 1,000 of 4,000 (25 %), 1,000/s, 00:00:03 left',
  ]);
  at(4000);
  progress.update(4000);
  progress.end();
  expect(stripVTControlCharacters(shown.at(-2) ?? '')).toContain('4,000 of 4,000 (100 %), 1,000/s');
  expect(shown.at(-1)).toBe('\n');
});

test('without a terminal there is a plain line now and then, and one at the end of each part', () => {
  const { progress, shown, at } = watch(false);
  progress.begin('users', 0);
  for (let second = 1; second <= 12; second++) {
    at(second * 1000);
    progress.update(second * 10);
  }
  progress.begin('chats', 2);
  at(13_000);
  progress.update(2);
  progress.end();
  progress.end();
  expect(shown).toEqual([
    'users: 50, 10/s\n',
    'users: 100, 10/s\n',
    'users: 120, 10/s\n',
    'chats: 2 of 2 (100 %), 2/s\n',
  ]);
});
