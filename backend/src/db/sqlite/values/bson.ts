import { mongo } from 'mongoose';
import { tooLarge } from '../driver/errors.ts';
import { decodeBson } from './decode-bson.ts';
import { normalise } from './normalise.ts';
import { promote } from './promote.ts';

export { normalise, promote };

/** The very BSON classes that Mongoose uses, so that `instanceof` holds on both sides. */
export const { Binary, BSONRegExp, BSONSymbol, Code, DBRef, Decimal128, Double, Int32 } = mongo;
export const { Long, MaxKey, MinKey, ObjectId, Timestamp } = mongo;

export type Document = Record<string, unknown>;

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Serialises a document as MongoDB's driver would send it: `undefined` becomes null, functions are left out. */
export function encodeDocument(document: Document): Uint8Array {
  const bytes = mongo.BSON.serialize(document, { ignoreUndefined: false });
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) throw tooLarge(bytes.byteLength);
  return bytes;
}

/** Reads a stored document as applications see it: numbers are JavaScript numbers. */
export function decodeDocument(bytes: Uint8Array): Document {
  return decodeBson(bytes, false);
}

/** Reads a stored document with every number in its BSON class, so that writing it back changes no type. */
export function decodeExact(bytes: Uint8Array): Document {
  return decodeBson(bytes, true);
}

/** `normalise` for a value that stands alone. */
export function normaliseValue(value: unknown): unknown {
  return normalise({ value })['value'];
}

/** What an object with `toBSON` (a Mongoose document) stands for; others as they are. */
export function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('toBSON' in value)) return value;
  return typeof value.toBSON === 'function' ? (value.toBSON() as unknown) : value;
}

export function isDocument(value: unknown): value is Document {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A number out of any of BSON's number classes; undefined for what is no number. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Int32 || value instanceof Double) return value.value;
  // A Timestamp is a Long to JavaScript, and no number to MongoDB.
  if (value instanceof Long) return value instanceof Timestamp ? undefined : value.toNumber();
  if (value instanceof Decimal128) return Number(value.toString());
  return undefined;
}
