import { expect, test, vi } from 'vitest';
import { allPages } from './all-pages.ts';

test('asks for the next page until there is none, and keeps the order', async () => {
  const read = vi.fn(async ({ cursor }: { limit: number; cursor?: string }) => {
    if (cursor === undefined) return { items: [1, 2], nextCursor: 'a' };
    return cursor === 'a' ? { items: [3], nextCursor: 'b' } : { items: [], nextCursor: null };
  });
  expect(await allPages(read)).toEqual([1, 2, 3]);
  expect(read.mock.calls).toEqual([
    [{ limit: 100 }],
    [{ limit: 100, cursor: 'a' }],
    [{ limit: 100, cursor: 'b' }],
  ]);
});

test('a page that fails is the answer', async () => {
  await expect(allPages(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
});
