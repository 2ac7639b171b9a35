import { serverError, unsupported } from '../driver/errors.ts';
import { isDocument, ObjectId } from '../values/bson.ts';
import type { Document } from '../values/bson.ts';

/** Gives the results of an aggregation in batches; an empty one says that there are no more. */
export type Results = () => Promise<Document[]>;

/** A collection of this database, written as its name or as `{ db, coll }`. */
export function targetOf(target: unknown, databaseName: string): string {
  if (typeof target === 'string') return target;
  const { db, coll, ...others } = isDocument(target) ? target : {};
  const [other] = Object.keys(others);
  if (other !== undefined) throw unsupported(`the argument '${other}' of $out`);
  if (db !== undefined && db !== databaseName) throw unsupported(`writing into the database '${String(db)}'`);
  if (typeof coll !== 'string')
    throw serverError(16990, 'Location16990', 'the target must name a collection');
  return coll;
}

/** A result as it is inserted: with an `_id` of its own where it has none. */
export function withId(document: Document): Document {
  return '_id' in document ? document : { _id: new ObjectId(), ...document };
}
