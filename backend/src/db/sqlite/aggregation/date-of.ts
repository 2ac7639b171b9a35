import { ObjectId, Timestamp } from '../values/bson.ts';
import { typeNameOf } from '../values/bson-types.ts';
import { failure } from './failure.ts';

/** The moment of a date, an ObjectId or a timestamp, in milliseconds since 1970. */
export function momentOfValue(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (value instanceof ObjectId) return value.getTimestamp().getTime();
  if (value instanceof Timestamp) return value.getHighBitsUnsigned() * 1000;
  throw failure(16006, `can't convert from BSON type ${typeNameOf(value) ?? 'missing'} to Date`);
}
