import type { OfferEnd } from '@wzatco/sdk/contract/constants';
import type { ChatRecord } from '../chat/index.ts';
import { OFFER_JOB } from './routing-jobs.ts';
import type { RoutingNeeds } from './routing-needs.ts';
import './routing-events.ts';

/** Clears away the offer that a chat had when it ceased to wait, and tells whom it was made to. */
export async function settleOffer(
  { chat: { connection, chats, bus }, jobs }: RoutingNeeds,
  settled: ChatRecord,
  reason: OfferEnd,
): Promise<void> {
  const { _id, offer } = settled;
  if (!offer) return;
  await connection.transaction(async (session) => {
    const same = { _id, 'offer.offeredAt': offer.offeredAt };
    const cleared = await chats.updateOne(same, { $set: { offer: null } }, { session });
    // The job of a newer offer stays.
    if (cleared.modifiedCount > 0) await jobs.cancel(OFFER_JOB, String(_id), session);
  });
  bus.publish('offer.ended', { chat: settled, agentId: String(offer.agentId), reason });
}
