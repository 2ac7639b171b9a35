import { mongo } from 'mongoose';
import type { Fields } from './store.ts';

/**
 * Reads BSON so that writing it gives the same bytes: an int stays an int, a long keeps its digits.
 *
 * @throws Error for what JavaScript cannot give back: fields with numbers for names stand in another order then
 */
export function exactDocument(collection: string, bytes: Uint8Array): Fields {
  const document = mongo.BSON.deserialize(bytes, { promoteValues: false, bsonRegExp: true });
  const again = mongo.BSON.serialize(document, { ignoreUndefined: false });
  if (Buffer.compare(again, bytes) === 0) return document;
  const id = mongo.BSON.EJSON.stringify(document['_id']);
  throw new Error(
    `${collection} ${id} cannot be copied exactly: its fields are in an order that is not kept`,
  );
}
