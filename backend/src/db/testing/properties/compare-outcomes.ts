import { mongo } from 'mongoose';
import { show } from './property.ts';

/** What an operation gave, or the code of the error it ended with. */
export type Outcome = { readonly result: unknown } | { readonly code: unknown };

/** Runs an operation; an error that no server would answer with is thrown. */
export async function outcomeOf(operation: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { result: await operation() };
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError)) throw error;
    return { code: error.code };
  }
}

/**
 * Throws where two values differ in any type, digit or field's place.
 *
 * @param what names the operation in the message
 */
export function requireSame(what: string, ours: unknown, theirs: unknown): void {
  const [left, right] = [show(ours), show(theirs)];
  if (left !== right) throw new Error(`${what}\n  driver: ${left}\n   other: ${right}`);
}

/** The same with fields in any order, for results whose order of fields nothing promises. */
export function requireSameFields(what: string, ours: unknown, theirs: unknown): void {
  requireSame(what, sorted(ours), sorted(theirs));
}

/** A value whose objects have their fields in the order of the names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  // To what has no ints, -1 × 0 is -0.
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null || '_bsontype' in value || value instanceof Date)
    return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
