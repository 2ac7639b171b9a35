import { LIMITS } from '../contract/constants.ts';
import type { Page } from '../contract/endpoints.ts';

/**
 * Reads all pages of a short list, one after the other.
 *
 * @example const names = (await allPages((query) => call('GET /api/departments', { query }))).map(({ name }) => name);
 */
export async function allPages<Item>(
  read: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let cursor: string | null = null; ;) {
    const page: Page<Item> = await read({ limit: LIMITS.pageMax, ...(cursor === null ? {} : { cursor }) });
    all.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) return all;
  }
}
