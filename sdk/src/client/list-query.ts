/** A list's query as callers write it: `limit` (1–100, default 25) is a number, and `cursor` the last page's. */
export type ListQuery<Query> = Omit<Query, 'limit'> & { limit?: number };
