import type { ChatRecord } from '../chat/index.ts';
import { recordDecision } from './record-decision.ts';
import { OFFER_JOB } from './routing-jobs.ts';
import type { RoutingNeeds } from './routing-needs.ts';
import './routing-events.ts';

interface End {
  kind: 'declined' | 'expired' | 'withdrawn';
  reason: string;
}

/** Nobody was there to tell the agent of it, so it counts as no miss of theirs. */
export const RAN_OUT: End = { kind: 'withdrawn', reason: 'It ran out while the server was not there.' };

/**
 * Ends the offer that a waiting chat was seen with, if it is still the same. Answers the chat without it, null where
 * somebody was faster.
 */
export async function endOffer(
  needs: RoutingNeeds,
  seen: ChatRecord,
  { kind, reason }: End,
): Promise<ChatRecord | null> {
  const { connection, chats, users, bus } = needs.chat;
  const { offer } = seen;
  if (!offer) return null;
  const agentId = String(offer.agentId);
  const ended = await connection.transaction(async (session) => {
    const chat = await chats
      .findOneAndUpdate(
        { _id: seen._id, status: 'waiting', 'offer.agentId': agentId, 'offer.expiresAt': offer.expiresAt },
        { $set: { offer: null } },
        { returnDocument: 'after', session },
      )
      .lean();
    if (!chat) return null;
    if (kind === 'expired')
      await users.updateOne({ _id: agentId }, { $inc: { missedOffers: 1 } }, { session });
    if (kind === 'declined')
      await users.updateOne({ _id: agentId }, { $set: { missedOffers: 0 } }, { session });
    const user = await users.findById(agentId).session(session).lean();
    const agent = { id: agentId, name: user?.name ?? 'Somebody' };
    await recordDecision(needs, { chatId: seen._id, kind, agent, reason }, session);
    await needs.jobs.cancel(OFFER_JOB, String(seen._id), session);
    return chat;
  });
  if (ended) bus.publish('offer.ended', { chat: ended, agentId, reason: kind });
  return ended;
}
