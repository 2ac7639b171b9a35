import { trusted } from 'mongoose';
import { endOffer, RAN_OUT } from './end-offer.ts';
import type { RoutingNeeds } from './routing-needs.ts';

/** Agents have so long to come back after a start of the server before their offers are taken from them, in milliseconds. */
const COMEBACK = 30_000;
/** So many offers are looked at in one go. */
const LOOKED_AT = 1_000;

/**
 * Takes offers back whose agent is not there: those that a server made before it ended. Returns the sweep.
 *
 * @example const sweep = createOfferSweep(needs); await sweep();
 */
export function createOfferSweep(needs: RoutingNeeds): () => Promise<void> {
  const { chats, now } = needs.chat;
  const startedAt = now().getTime();
  return async () => {
    if (now().getTime() - startedAt < COMEBACK) return;
    const offered = await chats
      .find({ 'offer.agentId': trusted({ $type: 'objectId' }) })
      .limit(LOOKED_AT)
      .lean();
    for (const chat of offered) {
      // Its own job ends it in time, unless the chat had ended then; it waits again.
      const isOver = (chat.offer?.expiresAt.getTime() ?? Infinity) < now().getTime() - COMEBACK;
      const isThere = needs.presence.statusOf(String(chat.offer?.agentId)) === 'online';
      if (isOver) await endOffer(needs, chat, RAN_OUT);
      else if (!isThere)
        await endOffer(needs, chat, { kind: 'withdrawn', reason: 'The agent is not there.' });
    }
  };
}
