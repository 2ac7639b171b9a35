import { expect, test } from 'vitest';
import { MESSAGE_LIMIT, tooLong } from './text-limits.ts';

test.each([
  ['a text of the limit', 'a'.repeat(MESSAGE_LIMIT), null],
  ['as many emoji, which are two units each', '😀'.repeat(MESSAGE_LIMIT), null],
  ['one emoji more', '😀'.repeat(MESSAGE_LIMIT + 1), '1 character too many: at most 10,000.'],
  ['a whole book', 'a'.repeat(MESSAGE_LIMIT * 2), '10,000 characters too many: at most 10,000.'],
])('%s', (_title, text, problem) => {
  expect(tooLong(text, MESSAGE_LIMIT)).toBe(problem);
});
