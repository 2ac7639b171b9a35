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
 * A change is stored a little after the moment that it bears, which is the minute's beginning: a transaction may take a
 * minute, and it may wait for another one. So much of what was told is told again, in milliseconds.
 */
const OVERLAP = 180_000;

const OPEN = ['waiting', 'active'] as const;
const placeKey = z.tuple([
  z.iso.datetime(),
  z.string().regex(/^(?:[0-9a-f]{24})?$/),
  z.enum(['open', 'all']),
  z.iso.datetime(),
]);

/** How far a synchronisation has come: behind this moment, and at it behind this id; `''` is before all of them. */
export interface InboxPlace {
  at: Date;
  id: string;
  /** Which chats count: at first only those that are open. */
  scope: 'open' | 'all';
  /** When its first page was asked for: what changed since then may be missing on the pages before. */
  begunAt: Date;
}

/**
 * The chats that the actor sees in which somebody wrote or which were opened, assigned, transferred or ended since a
 * moment, longest ago first; at first, those that are open. Rows of the last minutes may come again; a chat that went out
 * of sight does not come.
 *
 * @param since a moment, or what the answer before gave
 * @throws VALIDATION_FAILED for anything else.
 */
export async function syncInbox(
  needs: ChatNeeds,
  actor: Actor,
  since: string | undefined,
): Promise<InboxSync> {
  const place = parsePlace(since, needs.now());
  const found = (await Promise.all(inboxQueries(needs, actor, place, LIMITS.pageMax + 1))).flat();
  const once = new Map(found.map((record) => [String(record._id), record]));
  const rows = [...once.values()].toSorted(longestAgoFirst);
  const page = rows.slice(0, LIMITS.pageMax);
  const last = page.at(-1);
  const hasMore = rows.length > page.length && last !== undefined;
  const next: InboxPlace = hasMore
    ? { ...place, at: last.lastActivityAt, id: String(last._id) }
    : { ...place, at: withOverlap(place.begunAt), id: '', scope: 'all' };
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

function withOverlap(moment: Date): Date {
  return new Date(moment.getTime() - OVERLAP);
}

function encodePlace({ at, id, scope, begunAt }: InboxPlace): string {
  return encodeCursor([at.toISOString(), id, scope, begunAt.toISOString()]);
}

function parsePlace(since: string | undefined, now: Date): InboxPlace {
  if (since === undefined) return { at: new Date(0), id: '', scope: 'open', begunAt: now };
  if (z.iso.datetime().safeParse(since).success) {
    return { at: withOverlap(new Date(since)), id: '', scope: 'all', begunAt: now };
  }
  const [at, id, scope, begunAt] = decodeCursor(since, placeKey, 'since');
  // A new synchronisation begins where the last one was through.
  return { at: new Date(at), id, scope, begunAt: id === '' ? now : new Date(begunAt) };
}

function longestAgoFirst(a: ChatRecord, b: ChatRecord): number {
  const earlier = a.lastActivityAt.getTime() - b.lastActivityAt.getTime();
  return earlier || (String(a._id) < String(b._id) ? -1 : 1);
}
