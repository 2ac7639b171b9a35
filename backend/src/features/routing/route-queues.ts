import { trusted } from 'mongoose';
import type { ChatRecord } from '../chat/index.ts';
import type { SiteRecord, SiteRouting } from '../sites/index.ts';
import { openSites, readAutomaticSites } from './automatic-sites.ts';
import { chooseAgent, hasRoom, serves, type Candidate } from './choose-agent.ts';
import { makeOffer } from './make-offer.ts';
import { readCandidates } from './read-candidates.ts';
import { readHistory } from './read-history.ts';
import { recordDecision } from './record-decision.ts';
import { QUEUE_JOB, queueKey } from './routing-jobs.ts';
import type { RoutingNeeds } from './routing-needs.ts';

/** So many chats of a department's queue are looked at in one go: more than its agents take at once. */
const LOOKED_AT = 100;

/**
 * Offers what waits in some queues to who is free, next in the queue first.
 *
 * @param fresh chats that have just begun to wait: where nobody is found for them, that is recorded
 * @returns Did an offer fail because somebody was faster, so that it has to be decided again?
 */
export async function routeQueues(
  needs: RoutingNeeds,
  departmentIds: readonly (string | null)[],
  fresh: readonly ChatRecord[],
): Promise<boolean> {
  const sites = await readAutomaticSites(needs);
  await recordUnroutable(needs, sites, fresh);
  if (sites.length === 0) return false;
  const waiting = (await Promise.all(departmentIds.map((id) => readWaiting(needs, sites, id)))).flat();
  if (waiting.length === 0) return false;
  const candidates = await readCandidates(needs, departmentIds);
  const isFresh = new Set(fresh.map(({ _id }) => String(_id)));
  let again = false;
  for (const entry of waiting.toSorted((a, b) => a.chat.queuedAt.getTime() - b.chat.queuedAt.getTime())) {
    const isNew = isFresh.has(String(entry.chat._id));
    const departmentId = entry.chat.departmentId && String(entry.chat.departmentId);
    const mayBeTaken = candidates.some((agent) => serves(agent, departmentId) && hasRoom(agent));
    if (!mayBeTaken && !isNew) continue;
    again = !(await routeChat(needs, entry, candidates, isNew)) || again;
  }
  return again;
}

interface Waiting {
  chat: ChatRecord;
  site: SiteRouting;
}

/** Answers false where it has to be decided again. */
async function routeChat(
  needs: RoutingNeeds,
  { chat, site }: Waiting,
  candidates: Candidate[],
  isNew: boolean,
): Promise<boolean> {
  const departmentId = chat.departmentId && String(chat.departmentId);
  const { refusedBy, askAgainAt, previousAgentId } = await readHistory(needs, chat);
  const { agent, reason } = chooseAgent({
    policy: site.routingPolicy,
    departmentId,
    previousAgentId: site.returnToPreviousAgent ? previousAgentId : null,
    refusedBy,
    candidates,
  });
  if (!agent) {
    if (isNew) await recordDecision(needs, { chatId: chat._id, kind: 'queued', reason });
    if (askAgainAt) await needs.jobs.scheduleBy(QUEUE_JOB, queueKey(departmentId), askAgainAt);
    return true;
  }
  if (!(await makeOffer(needs, { chat, agent, seconds: site.offerSeconds, reason }))) return false;
  agent.load += 1;
  agent.lastOfferedAt = needs.chat.now().getTime();
  return true;
}

/** A queue's first chats that nobody has an offer of, of the sites that are open; the others are looked at when they are. */
async function readWaiting(
  needs: RoutingNeeds,
  sites: readonly SiteRecord[],
  departmentId: string | null,
): Promise<Waiting[]> {
  const { open, opensAt } = await openSites(needs, sites, departmentId);
  if (opensAt) await needs.jobs.scheduleBy(QUEUE_JOB, queueKey(departmentId), opensAt);
  if (open.size === 0) return [];
  const chats = await needs.chat.chats
    .find({ status: 'waiting', departmentId, siteId: trusted({ $in: [...open.keys()] }), offer: null })
    .sort({ queuedAt: 1 })
    .limit(LOOKED_AT)
    .lean();
  return chats.flatMap((chat) => {
    const site = open.get(String(chat.siteId));
    return site ? [{ chat, site }] : [];
  });
}

/** Says of chats that nobody is looked for why that is so. */
async function recordUnroutable(
  needs: RoutingNeeds,
  sites: readonly SiteRecord[],
  fresh: readonly ChatRecord[],
): Promise<void> {
  for (const chat of fresh) {
    const site = sites.find(({ _id }) => String(_id) === String(chat.siteId));
    const departmentId = chat.departmentId && String(chat.departmentId);
    const isOpen = site && (await openSites(needs, [site], departmentId)).open.size > 0;
    if (isOpen) continue;
    const reason = site
      ? 'It is outside of the business hours.'
      : 'The chats of this site are claimed by hand.';
    await recordDecision(needs, { chatId: chat._id, kind: 'queued', reason });
  }
}
