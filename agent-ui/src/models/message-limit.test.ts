import { expect, test } from 'vitest';
import { charactersOver, MESSAGE_LIMIT } from './message-limit.ts';

test.each([
  ['a text of the limit', 'a'.repeat(MESSAGE_LIMIT), 0],
  ['as many emoji, which are two units each', '😀'.repeat(MESSAGE_LIMIT), 0],
  ['one emoji more', '😀'.repeat(MESSAGE_LIMIT + 1), 1],
])('%s', (_title, text, over) => {
  expect(charactersOver(text)).toBe(over);
});
