import { serverError } from '../driver/errors.ts';
import type { Document } from '../values/bson.ts';

const scores = new WeakMap<Document, number>();

/** Notes how well a document that `$text` found matches. */
export function withScore(document: Document, score: number): Document {
  scores.set(document, score);
  return document;
}

/**
 * What `{ $meta: 'textScore' }` stands for.
 *
 * @throws MongoServerError 40218 for a document that `$text` did not find, or that a stage has made anew
 */
export function scoreOf(document: Document): number {
  const score = scores.get(document);
  if (score !== undefined) return score;
  throw serverError(40218, 'Location40218', 'query requires text score metadata, but it is not available');
}

/** Whether a value is `{ $meta: 'textScore' }`. */
export function isTextScore(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '$meta' in value && value.$meta === 'textScore';
}
