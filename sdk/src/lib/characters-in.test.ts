import { expect, test } from 'vitest';
import { charactersIn } from './characters-in.ts';

test.each([
  ['', 0],
  ['abc', 3],
  ['äöü', 3],
  ['😀', 1],
  ['a😀b😀', 4],
  ['👩‍👩‍👧‍👦', 7],
  // Half of a pair counts, wherever it stands.
  ['\ud83d', 1],
  ['\ude00\ud83d', 2],
  ['\ud83d\ud83d\ude00', 2],
])('%j has %i characters, as the server counts', (text, characters) => {
  expect(charactersIn(text)).toBe(characters);
  expect(charactersIn(text)).toBe([...text].length);
});

test('a long text is counted without being taken apart', () => {
  expect(charactersIn('😀x'.repeat(500_000))).toBe(1_000_000);
});
