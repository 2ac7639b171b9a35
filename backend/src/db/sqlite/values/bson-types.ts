import { Decimal128, Double, Int32, Long } from './bson.ts';
import { badValue } from '../driver/errors.ts';
import { TypeByte, typeByteOf } from './key-encoding.ts';

const BY_NUMBER: Record<number, string> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  13: 'javascript',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  127: 'maxKey',
  [-1]: 'minKey',
};

const BY_BYTE: Record<number, string> = {
  [TypeByte.string]: 'string',
  [TypeByte.object]: 'object',
  [TypeByte.array]: 'array',
  [TypeByte.binary]: 'binData',
  [TypeByte.objectId]: 'objectId',
  [TypeByte.boolean]: 'bool',
  [TypeByte.date]: 'date',
  [TypeByte.null]: 'null',
  [TypeByte.regex]: 'regex',
  [TypeByte.code]: 'javascript',
  [TypeByte.timestamp]: 'timestamp',
  [TypeByte.minKey]: 'minKey',
  [TypeByte.maxKey]: 'maxKey',
};

const NUMBERS = new Set(['number', 'int', 'long', 'double', 'decimal']);
const BYTE_BY_NAME = new Map(Object.entries(BY_BYTE).map(([byte, name]) => [name, Number(byte)]));

const NAMES = new Set([...Object.values(BY_NUMBER), 'number']);

/** The type's name that `$type` takes; undefined for a missing field. */
export function typeNameOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const byte = typeByteOf(value);
  return byte === TypeByte.number ? numberType(value) : BY_BYTE[byte];
}

function numberType(value: unknown): string {
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (value instanceof Long || typeof value === 'bigint') return 'long';
  if (value instanceof Decimal128) return 'decimal';
  const isInt = Number.isInteger(value) && Math.abs(value as number) <= 0x7fffffff;
  return isInt ? 'int' : 'double';
}

/** Reads `$type`'s operand: a name or a number. */
export function parseTypeName(type: unknown): string {
  const name = typeof type === 'string' ? type : BY_NUMBER[Number(type)];
  if (name === undefined || !NAMES.has(name)) throw badValue(`Unknown type name alias: ${String(type)}`);
  return name;
}

/** The first byte of the keys of a type's values; the four classes of numbers share one. */
export function typeByteNamed(name: string): number {
  return NUMBERS.has(name) ? TypeByte.number : (BYTE_BY_NAME.get(name) ?? TypeByte.maxKey);
}

/** Whether a value is of a type, `number` being any of the four. */
export function isOfType(value: unknown, type: string): boolean {
  if (type === 'number') return value !== undefined && typeByteOf(value) === TypeByte.number;
  return typeNameOf(value) === type;
}
