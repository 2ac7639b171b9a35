import type { routingClientEvents } from '@wzatco/sdk/contract';
import { asUser } from '../../lib/context.ts';
import type { EventHandlers } from '../../lib/on-event.ts';
import { acceptOffer, declineOffer } from './accept-offer.ts';
import type { RoutingNeeds } from './routing-needs.ts';
import { transferChat } from './transfer-chat.ts';

/** Routing over the socket. */
export function createRoutingEvents(needs: RoutingNeeds): EventHandlers<typeof routingClientEvents> {
  return {
    accept_offer: (context, { chatId }) => acceptOffer(needs, asUser(context), chatId),
    decline_offer: (context, { chatId }) => declineOffer(needs, asUser(context), chatId),
    transfer_chat: (context, payload) => transferChat(needs, asUser(context), payload),
  };
}
