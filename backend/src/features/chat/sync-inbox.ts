import type { InboxSync } from '@wzatco/sdk/contract';
import { CHAT_STATUSES, LIMITS } from '@wzatco/sdk/contract/constants';
import { trusted } from 'mongoose';
import { z } from 'zod';
import type { Actor } from '../../lib/context.ts';
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts';
import { visibleBranches } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { toChats } from './chat.dto.ts';
import type { ChatRecord } from './chat.model.ts';

/**
 * A change is stored a little after the moment that it bears, at most the time that a transaction may take: so much of
 * what was told is told again, in milliseconds.
 */
const OVERLAP = 60_000;

const OPEN = ['waiting', 'active'] as const;
const placeKey = z.tuple([
  z.iso.datetime(),
  z.string().regex(/^(?:[0-9a-f]{24})?$/),
  z.enum(['open', 'all']),
]);

/** How far a synchronisation has come: behind this moment, and at it behind this id; `''` is before all of them. */
export interface InboxPlace {
  at: Date;
  id: string;
  /** Which chats count: at first only those that are open. */
  scope: 'open' | 'all';
}

/**
 * The chats of the actor's inbox in which something happened since a moment, longest ago first; at first, those that are
 * open. Rows of the last minute may come again.
 *
 * @param since a moment, or what the answer before gave
 * @throws VALIDATION_FAILED for anything else.
 */
export async function syncInbox(
  needs: ChatNeeds,
  actor: Actor,
  since: string | undefined,
): Promise<InboxSync> {
  const place = parsePlace(since);
  const found = (await Promise.all(inboxQueries(needs, actor, place, LIMITS.pageMax + 1))).flat();
  const once = new Map(found.map((record) => [String(record._id), record]));
  const rows = [...once.values()].toSorted(longestAgoFirst);
  const page = rows.slice(0, LIMITS.pageMax);
  const last = page.at(-1);
  const hasMore = rows.length > page.length && last !== undefined;
  const next: InboxPlace = hasMore
    ? { at: last.lastActivityAt, id: String(last._id), scope: place.scope }
    : { at: new Date(needs.now().getTime() - OVERLAP), id: '', scope: 'all' };
  return { chats: await toChats(needs, page, 'staff'), since: encodePlace(next), hasMore };
}

/** The queries whose answers, put together, hold the page: each is read in order from an index of its own. */
export function inboxQueries(
  { chats }: ChatNeeds,
  actor: Actor,
  { at, id, scope }: InboxPlace,
  limit: number,
) {
  const status = trusted({ $in: [...(scope === 'open' ? OPEN : CHAT_STATUSES)] });
  const behind =
    id === '' ? {} : { $or: [{ lastActivityAt: trusted({ $gt: at }) }, { _id: trusted({ $gt: id }) }] };
  return visibleBranches(actor).map((branch) =>
    chats
      .find({ ...branch, status, lastActivityAt: trusted({ $gte: at }), ...behind })
      .sort({ lastActivityAt: 1, _id: 1 })
      .limit(limit)
      .lean(),
  );
}

function encodePlace({ at, id, scope }: InboxPlace): string {
  return encodeCursor([at.toISOString(), id, scope]);
}

function parsePlace(since: string | undefined): InboxPlace {
  if (since === undefined) return { at: new Date(0), id: '', scope: 'open' };
  if (z.iso.datetime().safeParse(since).success) return { at: new Date(since), id: '', scope: 'all' };
  const [at, id, scope] = decodeCursor(since, placeKey, 'since');
  return { at: new Date(at), id, scope };
}

function longestAgoFirst(a: ChatRecord, b: ChatRecord): number {
  const earlier = a.lastActivityAt.getTime() - b.lastActivityAt.getTime();
  return earlier || (String(a._id) < String(b._id) ? -1 : 1);
}
