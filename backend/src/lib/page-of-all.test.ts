import { describe, expect, test } from 'vitest';
import { pageOfAll } from './page-of-all.ts';

const id = (digit: number) => String(digit).repeat(24);
const rows = [
  { id: id(3), name: 'b' },
  { id: id(1), name: 'b' },
  { id: id(2), name: 'a' },
  { id: id(4), name: 'c' },
];
const order = { list: 'rows', keyOf: (row: { name: string }) => row.name };

/** All pages of a list, one after the other. */
function pages(limit: number, how: Parameters<typeof pageOfAll<(typeof rows)[number]>>[2]): string[][] {
  const found: string[][] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = pageOfAll(rows, { limit, cursor }, how);
    found.push(page.items.map((row) => `${row.name}${row.id.at(0)}`));
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

describe('a list that is read whole', () => {
  test('is cut into pages in the order of its key, none doubled and none left out', () => {
    expect(pages(3, order)).toEqual([['a2', 'b1', 'b3'], ['c4']]);
    expect(pages(1, order)).toEqual([['a2'], ['b1'], ['b3'], ['c4']]);
    expect(pages(4, order)).toEqual([['a2', 'b1', 'b3', 'c4']]);
    expect(pages(3, { ...order, descending: true })).toEqual([['c4', 'b3', 'b1'], ['a2']]);
  });

  test('goes on behind a row that is gone by then', () => {
    const { nextCursor } = pageOfAll(rows, { limit: 2, cursor: undefined }, order);
    const left = rows.filter((row) => row.id !== id(1));
    const next = pageOfAll(left, { limit: 2, cursor: nextCursor ?? '' }, order);
    expect(next.items.map((row) => row.id)).toEqual([id(3), id(4)]);
  });

  test('takes no cursor but its own', () => {
    const { nextCursor } = pageOfAll(rows, { limit: 2, cursor: undefined }, { ...order, list: 'others' });
    for (const cursor of [nextCursor ?? '', 'nonsense', 'W10']) {
      expect(() => pageOfAll(rows, { limit: 2, cursor }, order)).toThrow(
        expect.objectContaining({ code: 'VALIDATION_FAILED' }),
      );
    }
  });
});
