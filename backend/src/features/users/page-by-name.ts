import type { Page } from '@wzatco/sdk/contract';
import { trusted, type QueryFilter } from 'mongoose';
import { z } from 'zod';
import { decodeCursor, encodeCursor, toPage } from '../../lib/cursor.ts';
import type { UserModel, UserRecord } from './user.model.ts';

const cursorKey = z.tuple([z.string(), z.string().regex(/^[0-9a-f]{24}$/)]);

/**
 * One page of the users whom a filter finds, by name.
 *
 * @throws VALIDATION_FAILED for another list's cursor.
 */
export async function pageByName<Item>(
  users: UserModel,
  filter: QueryFilter<UserRecord>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  toItem: (record: UserRecord) => Promise<Item>,
): Promise<Page<Item>> {
  const after = cursor ? decodeCursor(cursor, cursorKey) : null;
  const behind = after && {
    name: trusted({ $gte: after[0] }),
    $and: [
      ...(filter.$and ?? []),
      { $or: [{ name: trusted({ $gt: after[0] }) }, { _id: trusted({ $gt: after[1] }) }] },
    ],
  };
  const records = await users
    .find({ ...filter, ...behind })
    .sort({ name: 1, _id: 1 })
    .limit(limit + 1)
    .lean();
  const page = toPage(records, limit, ({ name, _id }) => encodeCursor([name, String(_id)]), toItem);
  return { items: await Promise.all(page.items), nextCursor: page.nextCursor };
}
