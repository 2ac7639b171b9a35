import { mongo } from 'mongoose';

const { Decimal128, Double, Int32, Long, ObjectId } = mongo;

export const decimal = (text: string): unknown => Decimal128.fromString(text);
export const long = (text: string): unknown => Long.fromString(text);
export const at = (text: string): Date => new Date(text);

/** The document that the expressions are evaluated on. */
export const SUBJECT = {
  _id: 1,
  int: new Int32(7),
  whole: new Double(4),
  half: new Double(2.5),
  long: long('9007199254740993'),
  decimal: decimal('10.10'),
  text: 'Größe 12',
  nothing: null,
  list: [3, 1, 2],
  words: ['b', 'a'],
  docs: [{ a: 1, b: 'x' }, { a: 2 }, { b: 'y' }],
  nested: { x: { y: 5 } },
  id: new ObjectId('65a1b2c3d4e5f60718293a4b'),
  date: at('2026-03-29T00:30:15.250Z'),
  yes: true,
};

/** An expression and what MongoDB's manual says it is; `undefined` is a missing field. */
export type ExpressionCase = readonly [
  expression: unknown,
  expected: unknown,
  deviation?: 'SecantusDB is wrong',
];

export const WRONG = 'SecantusDB is wrong';

/** Tables by what the expressions are about. */
export type ExpressionTable = Readonly<Record<string, readonly ExpressionCase[]>>;
