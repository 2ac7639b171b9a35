import { mongo } from 'mongoose';
import type { Document } from '../values/bson.ts';

/** A document's `_id` for a message to people. */
export function showId(document: Document): string {
  const id = document['_id'];
  return `_id ${id instanceof mongo.ObjectId ? id.toHexString() : mongo.BSON.EJSON.stringify(id)}`;
}
