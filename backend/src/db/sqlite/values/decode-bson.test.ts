import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { describe, expect, test } from 'vitest';
import { decodeBson } from './decode-bson.ts';

const { BSON, Binary, BSONRegExp, Code, DBRef, Decimal128, Double, Int32, Long, MaxKey, MinKey } = mongo;
const { ObjectId, Timestamp, UUID } = mongo;

const EXACT = { promoteValues: false, bsonRegExp: true };
const longs = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const rare = fc.constantFrom(
  new Binary(Uint8Array.of(1, 2)),
  new UUID(),
  new BSONRegExp('a.b', 'i'),
  /a/i,
  new Code('1'),
  new DBRef('things', new ObjectId()),
  Decimal128.fromString('1.50'),
  new Timestamp({ t: 1, i: 2 }),
  new MinKey(),
  new MaxKey(),
);
const leaf = fc.oneof(
  { arbitrary: fc.string({ unit: 'binary' }), weight: 4 },
  { arbitrary: fc.double(), weight: 2 },
  { arbitrary: fc.integer(), weight: 2 },
  longs.map((n) => Long.fromBigInt(n)),
  fc.integer({ min: -2, max: 2 }).map((n) => Long.fromBigInt(2n ** 53n + BigInt(n))),
  fc.integer({ min: -2, max: 2 }).map((n) => Long.fromBigInt(-(2n ** 53n) + BigInt(n))),
  fc.integer().map((n) => new Int32(n)),
  fc.double().map((n) => new Double(n)),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  rare,
);
// Some of these names have the same hash.
const name = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
  fc.constantFrom('Aa', 'BB', 'AaAa', 'BBBB', '$ref', '$id', '__proto__', 'größe', '', 'constructor'),
);
const { document } = fc.letrec<{ document: Record<string, unknown>; value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 12 }), tie('document')),
  document: fc.dictionary(name, tie('value'), { maxKeys: 8 }),
}));

describe('decoding BSON', () => {
  test('gives what the library gives, exact and not', () => {
    fc.assert(
      fc.property(document, (given) => {
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
        document,
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
