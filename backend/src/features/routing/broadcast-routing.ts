import type { routingServerEvents } from '@wzatco/sdk/contract';
import type { Emit } from '../../lib/on-event.ts';
import { rooms } from '../../lib/rooms.ts';
import { openOffersOf, toOffer } from './open-offers.ts';
import type { RoutingNeeds } from './routing-needs.ts';
import './routing-events.ts';

type RoutingEmit = Emit<typeof routingServerEvents>;

/** Tells agents of their offers, on every device. Returns the unsubscribe. */
export function broadcastRouting(needs: RoutingNeeds, emit: RoutingEmit): () => void {
  const { bus } = needs.chat;
  const subscriptions = [
    bus.subscribe('offer.made', async ({ chat }) => {
      const offer = await toOffer(needs, chat);
      if (offer) emit([rooms.user(String(chat.offer?.agentId))], 'chat_offered', offer);
    }),
    bus.subscribe('offer.ended', ({ chat, agentId, reason }) =>
      emit([rooms.user(agentId)], 'offer_closed', { chatId: String(chat._id), reason }),
    ),
  ];
  return () => subscriptions.forEach((unsubscribe) => unsubscribe());
}

/** Tells a device that connects of the offers that are open. */
export async function tellOpenOffers(
  needs: RoutingNeeds,
  agentId: string,
  tell: (offer: NonNullable<Awaited<ReturnType<typeof toOffer>>>) => void,
): Promise<void> {
  for (const chat of await openOffersOf(needs, agentId)) {
    const offer = await toOffer(needs, chat);
    if (offer) tell(offer);
  }
}
