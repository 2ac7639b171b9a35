import * as fc from 'fast-check';
import { mongo } from 'mongoose';

const { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp } = mongo;

type Fields = Record<string, unknown>;

/** What random documents are made of: few different values, so that they meet. */
export type Vocabulary = {
  readonly number: fc.Arbitrary<unknown>;
  readonly scalar: fc.Arbitrary<unknown>;
};

const text = fc.constantFrom('x', 'xy', 'X', 'y');

const plainNumber = fc.oneof(fc.integer({ min: -2, max: 5 }), fc.constantFrom(0.5, 2.5, -1.5));

/** Values that JSON has too; without the empty text, which mingo's `$unwind` takes for nothing. */
export const jsonLike: Vocabulary = {
  number: plainNumber,
  scalar: fc.oneof({ arbitrary: plainNumber, weight: 3 }, text, fc.boolean(), fc.constant(null)),
};

const small = fc.integer({ min: -2, max: 4 });
const anyNumber = fc.oneof(
  { arbitrary: small.map((n) => new Int32(n)), weight: 3 },
  { arbitrary: small.map((n) => new Double(n)), weight: 2 },
  { arbitrary: small.map((n) => Long.fromNumber(n)), weight: 2 },
  { arbitrary: small.map((n) => Decimal128.fromString(String(n))), weight: 2 },
  fc.constantFrom(
    new Double(0.5),
    new Double(-1.5),
    new Double(Number.NaN),
    new Double(Number.POSITIVE_INFINITY),
    new Int32(0x7fffffff),
    Long.fromString('9007199254740993'),
    new Double(9007199254740992),
    Decimal128.fromString('0.5'),
    Decimal128.fromString('1.10'),
  ),
);

/** Values of BSON's types, with numbers of all four classes that are equal and that are nearly so. */
export const ofAllTypes: Vocabulary = {
  number: anyNumber,
  scalar: fc.oneof(
    { arbitrary: anyNumber, weight: 5 },
    { arbitrary: fc.oneof(text, fc.constant('')), weight: 2 },
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom(
      new Date(0),
      new Date('2026-01-02T03:04:05.678Z'),
      new ObjectId('65a1b2c3d4e5f60718293a4b'),
      new Binary(Uint8Array.of(1, 2)),
      new Timestamp({ t: 1, i: 2 }),
    ),
  ),
};

/** One to ten documents with the ids 1, 2, 3 …: `a`, `b` and `c` are values, arrays, documents or not there. */
export function randomDocuments({ scalar }: Vocabulary, maxLength = 10): fc.Arbitrary<Fields[]> {
  const nested = record({ x: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), y: scalar });
  const field = fc.oneof(
    { arbitrary: scalar, weight: 3 },
    { arbitrary: fc.array(scalar, { maxLength: 3 }), weight: 2 },
    { arbitrary: nested, weight: 2 },
    { arbitrary: fc.array(nested, { maxLength: 2 }), weight: 2 },
    fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), nested), { maxLength: 2 }),
  );
  return withIds(record({ a: field, b: field, c: scalar }), maxLength);
}

/** Some of these documents, with the ids 1, 2, 3 … */
export function withIds(document: fc.Arbitrary<Fields>, maxLength = 10): fc.Arbitrary<Fields[]> {
  return fc
    .array(document, { minLength: 1, maxLength })
    .map((documents) => documents.map((fields, at) => ({ _id: at + 1, ...fields })));
}

/** A document in which each of the fields may be missing. */
export function record<Shape extends Record<string, fc.Arbitrary<unknown>>>(
  shape: Shape,
): fc.Arbitrary<Fields> {
  return fc.record(shape, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Fields>;
}
