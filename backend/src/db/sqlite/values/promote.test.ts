import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryDocument } from '../../testing/arbitrary-documents.ts';
import { decodeDocument, decodeExact, encodeDocument, Long, promote } from './bson.ts';

test('an exact document is promoted to what writing and reading it gives', () => {
  fc.assert(
    fc.property(arbitraryDocument, (value) => {
      const exact = decodeExact(encodeDocument({ value }));
      const [found, expected] = [promote(exact), decodeDocument(encodeDocument(exact))];
      expect(isDeepStrictEqual(found, expected)).toBe(true);
      expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
    }),
    { numRuns: 3_000 },
  );
});

test.each([2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n), -(2n ** 53n) - 1n])('the long %s too', (value) => {
  const bytes = encodeDocument({ value: Long.fromBigInt(value) });
  expect(promote(decodeExact(bytes))).toEqual(decodeDocument(bytes));
});
