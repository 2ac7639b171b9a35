import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { describe, expect, test } from 'vitest';
import { arbitraryDocument } from '../../testing/arbitrary-documents.ts';
import { decodeBson } from './decode-bson.ts';

const { BSON } = mongo;
const EXACT = { promoteValues: false, bsonRegExp: true };
describe('decoding BSON', () => {
  test('gives what the library gives, exact and not', () => {
    fc.assert(
      fc.property(arbitraryDocument, (given) => {
        const bytes = BSON.serialize(given, { ignoreUndefined: false });
        for (const isExact of [false, true]) {
          const options = isExact ? EXACT : {};
          const expected = BSON.deserialize(bytes, options);
          const found = decodeBson(bytes, isExact);
          // Not toStrictEqual: a field named `constructor` misleads it.
          expect(isDeepStrictEqual(found, expected)).toBe(true);
          expect(Object.keys(found)).toEqual(Object.keys(expected));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a document inside a larger buffer', () => {
    const bytes = BSON.serialize({ a: 'text', b: [1, 2] });
    const larger = Buffer.concat([Buffer.from([9, 9, 9]), bytes, Buffer.from([9, 9])]);
    expect(decodeBson(larger.subarray(3, 3 + bytes.length), false)).toEqual({ a: 'text', b: [1, 2] });
  });

  test('broken bytes end, with an error or with a document', () => {
    const flipped = fc.tuple(fc.nat(), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(
        arbitraryDocument,
        fc.array(flipped, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        (given, flips, cut) => {
          const bytes = BSON.serialize(given, { ignoreUndefined: false });
          for (const [at, byte] of flips) bytes[at % bytes.length] = byte;
          const broken = cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
          try {
            expect(typeof decodeBson(broken, false)).toBe('object');
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
