import { Binary, BSONRegExp, BSONSymbol, Code, DBRef, Decimal128, Double, Int32 } from './bson.ts';
import { isDocument, Long, MaxKey, MinKey, ObjectId, Timestamp } from './bson.ts';
import { ByteWriter } from './byte-writer.ts';
import { unsupported } from '../driver/errors.ts';
import { writeNumberKey } from './number-key.ts';

/** First byte of a key: BSON's order across types, with room between. */
export const TypeByte = {
  minKey: 0x05,
  emptyArray: 0x0e,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
  timestamp: 0xa0,
  regex: 0xb0,
  code: 0xc0,
  maxKey: 0xf0,
} as const;

/** What an index holds for an empty array: MongoDB's undefined, which sorts before null. */
export const EMPTY_ARRAY: unique symbol = Symbol('empty array');

/** What an index under a collation keeps instead of a string. */
export type TextKey = (text: string) => string;

const shared = new ByteWriter();
/** Of the upper half of a 64-bit number. */
const SIGN_BIT = 0x8000_0000;

/**
 * Encodes a value so that comparing bytes gives BSON's order, across all types. No key is the
 * beginning of another, so keys may be joined into compound ones.
 *
 * @param textKey what stands for a string under a collation
 * @example encodeKey(1) < encodeKey(1.5) && encodeKey(2) < encodeKey('a')
 */
export function encodeKey(value: unknown, textKey?: TextKey): Uint8Array {
  shared.reset();
  writeKey(shared, value, textKey);
  return shared.take();
}

/** Encodes several values into one key; `descending[i]` turns the order of the i-th around. */
export function encodeCompound(
  values: readonly unknown[],
  descending: readonly boolean[],
  textKey?: TextKey,
): Uint8Array {
  shared.reset();
  for (let i = 0; i < values.length; i++) {
    const start = shared.length;
    writeKey(shared, values[i], textKey);
    if (descending[i] === true) shared.invertFrom(start);
  }
  return shared.take();
}

/** The first byte of a value's key: its place in BSON's order of types. */
export function typeByteOf(value: unknown): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return TypeByte.number;
    case 'string':
      return TypeByte.string;
    case 'boolean':
      return TypeByte.boolean;
    case 'undefined':
      return TypeByte.null;
    case 'symbol':
      return TypeByte.emptyArray;
    default:
      return value === null ? TypeByte.null : objectTypeByte(value);
  }
}

function objectTypeByte(value: unknown): number {
  if (value instanceof ObjectId) return TypeByte.objectId;
  if (value instanceof Date) return TypeByte.date;
  if (Array.isArray(value)) return TypeByte.array;
  if (isDocument(value)) return TypeByte.object;
  if (value instanceof Timestamp) return TypeByte.timestamp;
  if (value instanceof Int32 || value instanceof Double || value instanceof Long) return TypeByte.number;
  if (value instanceof Decimal128) return TypeByte.number;
  if (value instanceof Binary || value instanceof Uint8Array) return TypeByte.binary;
  if (value instanceof RegExp || value instanceof BSONRegExp) return TypeByte.regex;
  if (value instanceof BSONSymbol) return TypeByte.string;
  if (value instanceof MinKey) return TypeByte.minKey;
  if (value instanceof MaxKey) return TypeByte.maxKey;
  if (value instanceof Code) return TypeByte.code;
  if (value instanceof DBRef) return TypeByte.object;
  throw unsupported(`a value of class ${String(Object(value).constructor?.name)}`);
}

function writeKey(out: ByteWriter, value: unknown, textKey: TextKey | undefined): void {
  const type = typeByteOf(value);
  out.byte(type);
  switch (type) {
    case TypeByte.number:
      return writeNumberKey(out, value);
    case TypeByte.string:
      return writeText(out, textKey === undefined ? String(value) : textKey(String(value)));
    case TypeByte.boolean:
      return out.byte(value === true ? 1 : 0);
    case TypeByte.objectId:
      return out.objectId(value as InstanceType<typeof ObjectId>);
    case TypeByte.date:
      return writeTime(out, (value as Date).getTime());
    case TypeByte.timestamp:
      return out.uint64(BigInt.asUintN(64, (value as InstanceType<typeof Timestamp>).toBigInt()));
    case TypeByte.array:
      for (const item of value as unknown[]) writeKey(out, item, textKey);
      return out.byte(0);
    case TypeByte.object:
      return writeObject(out, value instanceof DBRef ? { ...value.toJSON() } : (value as object), textKey);
    case TypeByte.binary:
      return writeBinary(out, value);
    case TypeByte.regex:
      return writeRegex(out, value);
    case TypeByte.code:
      return writeText(out, String((value as InstanceType<typeof Code>).code));
  }
}

function writeObject(out: ByteWriter, value: object, textKey: TextKey | undefined): void {
  for (const [name, field] of Object.entries(value)) {
    // BSON compares the fields' types before their names.
    out.byte(typeByteOf(field));
    writeText(out, name);
    writeKey(out, field, textKey);
  }
  out.byte(0);
}

/** UTF-8, closed by two zero bytes; a zero inside is followed by 0xff, so that it sorts after the end. */
function writeText(out: ByteWriter, value: string): void {
  let from = 0;
  for (let zero = value.indexOf('\0'); zero !== -1; zero = value.indexOf('\0', from)) {
    out.text(value.slice(from, zero));
    out.byte(0);
    out.byte(0xff);
    from = zero + 1;
  }
  out.text(from === 0 ? value : value.slice(from));
  out.byte(0);
  out.byte(0);
}

/** Milliseconds as a signed number of 64 bits, its sign turned around, so that what was before 1970 comes first. */
function writeTime(out: ByteWriter, time: number): void {
  out.uint32((Math.floor(time / 2 ** 32) ^ SIGN_BIT) >>> 0);
  out.uint32(time >>> 0);
}

function writeBinary(out: ByteWriter, value: unknown): void {
  const bytes = value instanceof Binary ? value.value() : (value as Uint8Array);
  out.uint32(bytes.length);
  out.byte(value instanceof Binary ? value.sub_type : 0);
  out.bytes(bytes);
}

function writeRegex(out: ByteWriter, value: unknown): void {
  const isNative = value instanceof RegExp;
  const pattern = isNative ? value.source : (value as InstanceType<typeof BSONRegExp>).pattern;
  const options = isNative
    ? value.flags.replace(/[^ims]/g, '')
    : (value as InstanceType<typeof BSONRegExp>).options;
  writeText(out, pattern);
  writeText(out, options);
}

/** Whether a value is less, or greater, than all others. */
export function isEndKey(value: unknown): boolean {
  return value instanceof MinKey || value instanceof MaxKey;
}
