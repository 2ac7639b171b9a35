import { z } from 'zod';
import { AppError } from './app-error.ts';

/**
 * Makes the opaque cursor of a list from the sort key of its last row.
 *
 * @example encodeCursor([row.updatedAt.toISOString(), row.id])
 */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * Reads a cursor back with the schema of its key.
 *
 * @param field what the request calls it
 * @throws VALIDATION_FAILED for anything that this list did not make.
 */
export function decodeCursor<Key>(cursor: string, key: z.ZodType<Key>, field = 'cursor'): Key {
  const parsed = key.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw new AppError('VALIDATION_FAILED', `${field}: is not one that this list gave`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Cuts a list that was read with one row more than asked, and says where the next page begins. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  toItem: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: page.map(toItem), nextCursor: rows.length > limit && last ? cursorOf(last) : null };
}

const momentKey = z.tuple([z.iso.datetime(), z.string().regex(/^[0-9a-f]{24}$/)]);

/** Where a list by time goes on: behind this moment, and at it behind this id. */
export interface Moment {
  at: Date;
  id: string;
}

/** The cursor of a list by time. */
export function encodeMoment({ at, id }: Moment): string {
  return encodeCursor([at.toISOString(), id]);
}

/** @throws VALIDATION_FAILED for another list's cursor. */
export function decodeMoment(cursor: string): Moment {
  const [at, id] = decodeCursor(cursor, momentKey);
  return { at: new Date(at), id };
}
