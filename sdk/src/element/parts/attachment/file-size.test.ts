import { expect, test } from 'vitest';
import { fileSize } from './file-size.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_549_000, '1.5 MB'],
  [5_000_000_000_000, '5,000 GB'],
])('%d bytes are said as %s', (bytes, words) => {
  expect(fileSize(bytes, 'en')).toBe(words);
});
