import type { Page } from '@wzatco/sdk/contract';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor.ts';

type Key = [text: string, id: string];

/** How a list that is read whole is ordered. */
interface Order<Item> {
  /** Its name, so that it takes no other list's cursor. */
  list: string;
  /** What it is sorted by, as text; rows of the same are in the order of their ids. */
  keyOf: (item: Item) => string;
  descending?: boolean;
}

/**
 * One page of a short list that was read whole; it need not be in order.
 *
 * @throws VALIDATION_FAILED for a cursor that this list did not give.
 * @example pageOfAll(await sites.list(), query, { list: 'sites', keyOf: ({ name }) => name })
 */
export function pageOfAll<Item extends { id: string }>(
  all: readonly Item[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  { list, keyOf, descending = false }: Order<Item>,
): Page<Item> {
  const compare = descending ? (a: Key, b: Key) => compareKeys(b, a) : compareKeys;
  const after = cursor === undefined ? null : readCursor(cursor, list);
  const rows = all
    .map((item) => ({ item, key: [keyOf(item), item.id] satisfies Key }))
    .filter(({ key }) => after === null || compare(key, after) > 0)
    .toSorted((a, b) => compare(a.key, b.key));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    nextCursor: rows.length > limit && last ? encodeCursor([list, ...last.key]) : null,
  };
}

function readCursor(cursor: string, list: string): Key {
  const [, text, id] = decodeCursor(cursor, z.tuple([z.literal(list), z.string(), z.string()]));
  return [text, id];
}

function compareKeys([aText, aId]: Key, [bText, bId]: Key): number {
  if (aText !== bText) return aText < bText ? -1 : 1;
  if (aId === bId) return 0;
  return aId < bId ? -1 : 1;
}
