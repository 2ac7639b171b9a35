import type { ChatRecord } from '../chat/index.ts';
import { OFFER_JOB } from './routing-jobs.ts';
import type { Candidate } from './choose-agent.ts';
import { endOffer } from './end-offer.ts';
import { readLoad } from './read-candidates.ts';
import { recordDecision } from './record-decision.ts';
import type { RoutingNeeds } from './routing-needs.ts';
import './routing-events.ts';

interface Offer {
  chat: ChatRecord;
  agent: Candidate;
  seconds: number;
  reason: string;
}

/**
 * Offers a waiting chat to an agent, if it still waits without an offer and they still have room: of several who offer
 * at once, in one process or in ten, one does. Answers whether it was made.
 */
export async function makeOffer(
  needs: RoutingNeeds,
  { chat, agent, seconds, reason }: Offer,
): Promise<boolean> {
  const { connection, chats, users, now, bus } = needs.chat;
  const offeredAt = now();
  const expiresAt = new Date(offeredAt.getTime() + seconds * 1000);
  const made = await connection.transaction(async (session) => {
    if ((await readLoad(needs, agent.id, session)) >= agent.limit) return null;
    const offered = await chats
      .findOneAndUpdate(
        { _id: chat._id, status: 'waiting', departmentId: chat.departmentId, offer: null },
        { $set: { offer: { agentId: agent.id, offeredAt, expiresAt } } },
        { returnDocument: 'after', session },
      )
      .lean();
    if (!offered) return null;
    // Two offers to one agent meet in this document: the second counts the first.
    await users.updateOne({ _id: agent.id }, { $set: { lastOfferedAt: offeredAt } }, { session });
    await recordDecision(needs, { chatId: chat._id, kind: 'offered', agent, reason }, session);
    await needs.jobs.schedule(OFFER_JOB, String(chat._id), expiresAt, session);
    return offered;
  });
  if (!made) return false;
  bus.publish('offer.made', { chat: made });
  // Who left while it was made did not have it yet when their offers were taken back.
  if (needs.presence.statusOf(agent.id) !== 'online') {
    await endOffer(needs, made, { kind: 'withdrawn', reason: `${agent.name} is no longer online.` });
    return false;
  }
  return true;
}
