import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId } from './bson.ts';
import { compareValues, equalValues } from './compare.ts';
import { encodeCompound, encodeKey, typeByteOf } from './key-encoding.ts';

const numbers = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.integer().map((n) => new Int32(n)),
  fc.double().map((n) => new Double(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 40 }))
    .map(([digits, power]) => Decimal128.fromString(`${digits}E${power}`)),
);
const leaf = fc.oneof(
  numbers,
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => new Binary(bytes)),
  fc.constantFrom(new MinKey(), new MaxKey()),
);
const value = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf, { maxKeys: 3 }),
);

const byKey = (a: unknown, b: unknown): number => Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)));

/** A number as digits · 10^power, without going through any code that is tested here. */
function exact(number: unknown): [bigint, number] {
  const text =
    number instanceof Decimal128 || number instanceof Long ? number.toString() : decimals(Number(number));
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  return [BigInt(`${sign}${whole}${fraction}`), Number(power) - fraction.length];
}

/** All digits of a double: sixteen do not tell its exact value. */
function decimals(number: number): string {
  if (Number.isInteger(number)) return BigInt(number).toString();
  let digits = 0n;
  let rest = Math.abs(number);
  let power = 0;
  while (rest !== 0) {
    const whole = Math.floor(rest);
    digits = digits * 2n + BigInt(whole);
    rest = (rest - whole) * 2;
    power += 1;
  }
  return `${number < 0 ? '-' : ''}${digits * 5n ** BigInt(power - 1)}e${1 - power}`;
}

function referenceOrder(a: unknown, b: unknown): number {
  const [left, leftPower] = exact(a);
  const [right, rightPower] = exact(b);
  const power = Math.min(leftPower, rightPower);
  const difference = left * 10n ** BigInt(leftPower - power) - right * 10n ** BigInt(rightPower - power);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

test('numbers of all classes sort by their exact value', () => {
  const moderate = numbers.filter((n) => {
    const size = Math.abs(Number(String(n)));
    return size === 0 || (size > 1e-60 && size < 1e60);
  });
  fc.assert(
    fc.property(moderate, moderate, (a, b) => byKey(a, b) === referenceOrder(a, b)),
    { numRuns: 3000 },
  );
});

test.each([
  [0.1, Decimal128.fromString('0.1'), 1],
  [new Double(2 ** 53), Long.fromString('9007199254740993'), -1],
  [1, Decimal128.fromString('1.000'), 0],
  [-0, 0, 0],
  [NaN, -Infinity, -1],
  [Number.MAX_VALUE, Decimal128.fromString('1E400'), -1],
  [Decimal128.fromString('1E400'), Decimal128.fromString('1E500'), -1],
  [Decimal128.fromString('-1E-400'), 0, -1],
  [Decimal128.fromString('Infinity'), Infinity, 0],
  [Decimal128.fromString('NaN'), NaN, 0],
])('%s against %s is %i', (a, b, order) => {
  expect(byKey(a, b)).toBe(order);
  expect(Math.sign(compareValues(a, b))).toBe(order);
});

test('types sort in BSON’s order', () => {
  const inOrder = [
    new MinKey(),
    null,
    -1,
    'a',
    { a: 1 },
    [1],
    new Binary(Buffer.from('a')),
    new ObjectId(),
    false,
    true,
    new Date(0),
    /a/,
    new MaxKey(),
  ];
  for (let i = 1; i < inOrder.length; i++) expect(byKey(inOrder[i - 1], inOrder[i])).toBe(-1);
});

test.each([
  ['', 'a'],
  ['a', 'a\0'],
  ['a\0', 'a\u0001'],
  ['a', 'a\0\0'],
  ['z', 'ä'],
  ['\uffff', '😀'],
])('strings sort by their UTF-8 bytes: %j before %j', (a, b) => {
  expect(Buffer.compare(Buffer.from(a), Buffer.from(b))).toBeLessThan(0);
  expect(byKey(a, b)).toBe(-1);
  // What follows in a compound key must not decide between the two.
  expect(Buffer.compare(encodeCompound([a, 'z'], []), encodeCompound([b, ''], []))).toBe(-1);
});

test.each([
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { b: 1 }],
  [{ b: 1 }, { a: 'x' }],
  [{ a: 1 }, { a: 1, b: 1 }],
  [[1], [1, 1]],
  [[1, 9], [2]],
  [new Date(-1), new Date(0)],
  [new Binary(Buffer.from('zz')), new Binary(Buffer.from('aaa'))],
])('%j comes before %j', (a, b) => {
  expect(byKey(a, b)).toBe(-1);
});

test('comparing values is comparing keys, for all values', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(Math.sign(compareValues(a, b))).toBe(byKey(a, b));
      expect(equalValues(a, b)).toBe(byKey(a, b) === 0);
      if (typeByteOf(a) !== typeByteOf(b)) expect(byKey(a, b)).toBe(Math.sign(typeByteOf(a) - typeByteOf(b)));
    }),
    { numRuns: 3000 },
  );
});

test('compound keys sort field by field, descending fields the other way', () => {
  const pair = fc.tuple(value, value);
  fc.assert(
    fc.property(pair, pair, fc.tuple(fc.boolean(), fc.boolean()), (a, b, descending) => {
      const signs = descending.map((turned) => (turned ? -1 : 1));
      const expected = byKey(a[0], b[0]) * (signs[0] ?? 1) || byKey(a[1], b[1]) * (signs[1] ?? 1);
      const order = Buffer.compare(encodeCompound(a, descending), encodeCompound(b, descending));
      expect(Math.sign(order) + 0).toBe(expected + 0);
    }),
    { numRuns: 2000 },
  );
});

test('no key is the beginning of another', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [left, right] = [encodeKey(a), encodeKey(b)];
      fc.pre(byKey(a, b) !== 0);
      expect(Buffer.compare(right.subarray(0, left.length), left)).not.toBe(0);
    }),
    { numRuns: 2000 },
  );
});
