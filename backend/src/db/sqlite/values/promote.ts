import { mongo } from 'mongoose';
import { decodeBson, promoteLong } from './decode-bson.ts';
import { isPlain } from './normalise.ts';

type Document = Record<string, unknown>;

const { BSON, Double, Int32, Long, ObjectId } = mongo;
const RARE = Symbol('for the library');

/**
 * Turns exact BSON numbers into JavaScript ones, all the way down, as reading the stored document would. Shares what
 * cannot be told from a copy: ids and dates.
 */
export function promote(document: Document): Document {
  const promoted = promoteObject(document);
  if (promoted !== RARE) return promoted as Document;
  return decodeBson(BSON.serialize(document, { ignoreUndefined: false }), false);
}

function promoteObject(object: Document): unknown {
  const copy: Document = {};
  for (const name of Object.keys(object)) {
    const value = promoteValue(object[name]);
    if (value === RARE || name === '__proto__' || name === '$ref') return RARE;
    copy[name] = value;
  }
  return copy;
}

function promoteArray(array: readonly unknown[]): unknown {
  const copy: unknown[] = [];
  for (let at = 0; at < array.length; at++) {
    const value = promoteValue(array[at]);
    if (value === RARE) return RARE;
    copy.push(value);
  }
  return copy;
}

function promoteValue(value: unknown): unknown {
  if (typeof value === 'object') return value === null ? null : promoteInstance(value);
  if (value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : RARE;
}

function promoteInstance(value: object): unknown {
  if (value instanceof ObjectId || value instanceof Date) return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (Array.isArray(value)) return promoteArray(value);
  // A Timestamp is one too.
  if (value instanceof Long) return value._bsontype === 'Long' ? promoteLong(value) : RARE;
  return isPlain(value) ? promoteObject(value) : RARE;
}
