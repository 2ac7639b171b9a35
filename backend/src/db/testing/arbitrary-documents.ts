/** Random documents of all of BSON's types, for property tests. */
import * as fc from 'fast-check';
import { mongo } from 'mongoose';

const { Binary, BSONRegExp, Code, DBRef, Decimal128, Double, Int32, Long, MaxKey, MinKey } = mongo;
const { ObjectId, Timestamp, UUID } = mongo;

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
  fc.constantFrom(undefined, -0, -0x80000000, 0x80000000, new Date(Number.NaN), 'half \ud800'),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  rare,
);
// Some of these names have the same hash.
const name = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
  fc.constantFrom('Aa', 'BB', 'AaAa', 'BBBB', '$ref', '$id', '__proto__', 'größe', '', 'constructor'),
);
export const { document: arbitraryDocument } = fc.letrec<{
  document: Record<string, unknown>;
  value: unknown;
}>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 12 }), tie('document')),
  document: fc.dictionary(name, tie('value'), { maxKeys: 8 }),
}));
