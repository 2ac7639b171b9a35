import { mongo } from 'mongoose';
import { decodeBson } from './decode-bson.ts';

type Document = Record<string, unknown>;

const { BSON, Double, Int32, Long, ObjectId } = mongo;
const MAX_DEPTH = 50;
const RARE = Symbol('for the library');

/**
 * Takes what a caller passed as a server would receive it: Mongoose arrays, `toBSON` objects, buffers and
 * `undefined` become what BSON has for them, numbers get its classes. Functions become Code, so that none is
 * silently dropped. What the caller changes later changes nothing here.
 *
 * @throws BSONError for what BSON cannot hold
 */
export function normalise(value: Document): Document {
  const copied = isPlain(value) ? copyObject(value, 0) : RARE;
  if (copied !== RARE) return copied as Document;
  const bytes = BSON.serialize(value, { ignoreUndefined: false, serializeFunctions: true });
  return decodeBson(bytes, true);
}

function copyObject(object: Document, depth: number): unknown {
  if (depth > MAX_DEPTH) return RARE;
  const copy: Document = {};
  for (const name of Object.keys(object)) {
    const value = copyValue(object[name], depth);
    if (value === RARE || isRareName(name)) return RARE;
    copy[name] = value;
  }
  return copy;
}

function copyArray(array: readonly unknown[], depth: number): unknown {
  if (depth > MAX_DEPTH) return RARE;
  const copy: unknown[] = [];
  for (let at = 0; at < array.length; at++) {
    const value = copyValue(array[at], depth);
    if (value === RARE) return RARE;
    copy.push(value);
  }
  return copy;
}

/** The value as BSON would give it back; RARE where only the library knows. */
function copyValue(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : RARE;
    case 'number':
      return isInt(value) ? new Int32(value) : new Double(value);
    case 'boolean':
      return value;
    case 'undefined':
      return null;
    case 'object':
      return value === null ? null : copyInstance(value, depth);
    default:
      return RARE;
  }
}

function copyInstance(value: object, depth: number): unknown {
  if (value instanceof ObjectId) return new ObjectId(value);
  if (isPlain(value)) return copyObject(value, depth + 1);
  if (Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype) {
    return copyArray(value, depth + 1);
  }
  if (value instanceof Date && !Number.isNaN(value.getTime())) return new Date(value);
  if (value instanceof Int32) return new Int32(value.value);
  if (value instanceof Double) return new Double(value.value);
  // A Timestamp is one too.
  if (value instanceof Long && value._bsontype === 'Long') return new Long(value.low, value.high);
  return RARE;
}

function isInt(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

/** Whether it is an object of fields alone, of no class. */
export function isPlain(value: object): value is Document {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return !('toBSON' in value) && !('_bsontype' in value);
}

/** Names that the library refuses, or reads as something else than a field. */
function isRareName(name: string): boolean {
  return name === '__proto__' || name === '$ref' || name.includes('\0') || !name.isWellFormed();
}
