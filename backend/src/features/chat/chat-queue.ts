import { trusted } from 'mongoose';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import { readAway } from './read-away.ts';

/** A wait is foretold from so many that ended within this time, in milliseconds; from fewer nothing is. */
const RECENT = { most: 20, fewest: 3, time: 2 * 60 * 60 * 1000 };
/** Nobody is told to wait longer than this, in seconds. */
const LONGEST = 60 * 60;

/** The place of a waiting chat in its department's queue; 1 is next. */
export async function queuePosition({ chats }: ChatNeeds, chat: ChatRecord): Promise<number> {
  const before = await chats.countDocuments({
    status: 'waiting',
    departmentId: chat.departmentId,
    queuedAt: trusted({ $lt: chat.queuedAt }),
  });
  return before + 1;
}

/** The waiting chats of a department, next one first, as they are asked for. */
export function waitingChats({ chats }: ChatNeeds, departmentId: ChatRecord['departmentId']) {
  return chats
    .find({ status: 'waiting', departmentId }, { siteId: 1, customerId: 1, departmentId: 1 })
    .sort({ queuedAt: 1 })
    .lean()
    .cursor();
}

/**
 * How long a customer waits from now on, in seconds. Null where nobody is there for the chat, since the last waits say
 * nothing of that, and where too few of them are known.
 */
export async function estimateWait(
  needs: ChatNeeds,
  { siteId, departmentId }: Pick<ChatRecord, 'siteId' | 'departmentId'>,
): Promise<number | null> {
  const wait = await usualWait(needs, departmentId);
  if (wait === null) return null;
  const site = await needs.sites.findById(siteId).lean();
  const away = site && (await readAway(needs, site, departmentId && String(departmentId)));
  return away?.reason === null ? wait : null;
}

/** The middle one of a department's last waits, and no less than the first in its queue has waited already. */
async function usualWait(
  { chats, now }: ChatNeeds,
  departmentId: ChatRecord['departmentId'],
): Promise<number | null> {
  const at = now().getTime();
  const recent = trusted({ $gte: new Date(at - RECENT.time) });
  const [ended, first] = await Promise.all([
    chats.find({ departmentId, waitEndedAt: recent }).sort({ waitEndedAt: -1 }).limit(RECENT.most).lean(),
    chats.findOne({ status: 'waiting', departmentId }).sort({ queuedAt: 1 }).lean(),
  ]);
  const waits = ended
    .flatMap(({ waitingSince, waitEndedAt }) =>
      waitingSince && waitEndedAt ? [waitEndedAt.getTime() - waitingSince.getTime()] : [],
    )
    .filter((wait) => wait >= 0)
    .toSorted((a, b) => a - b);
  const middle = waits[Math.floor(waits.length / 2)];
  if (middle === undefined || waits.length < RECENT.fewest) return null;
  const waitedBy = first?.waitingSince ? at - first.waitingSince.getTime() : 0;
  return Math.min(Math.ceil(Math.max(middle, waitedBy) / 1000), LONGEST);
}
