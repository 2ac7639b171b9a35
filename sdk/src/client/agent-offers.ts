import type { Transfer } from '../contract/routing.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import type { AgentSession } from './agent-client.ts';
import { ClientError } from './client-error.ts';
import type { Realtime } from './realtime.ts';
import type { ServerEventPayload } from './server-events.ts';

/** A waiting chat that is offered to this agent, until `expiresAt` (ISO 8601, UTC, by the server's clock). */
export type Offer = ServerEventPayload<'chat_offered'>;

/** What is offered to this agent, on this device as on any other. */
export interface AgentOffers {
  readonly open: Readable<readonly Offer[]>;
  accept(chatId: string): Promise<Transfer>;
  decline(chatId: string): Promise<void>;
}

/** The server says that the chat is not to be had: the offer is over, whatever was heard. */
const OVER = new Set(['CONFLICT', 'CHAT_CLOSED', 'NOT_FOUND']);

/**
 * Follows the offers that are open: told by the server as they come and go, and all of them on each connection.
 *
 * @example
 * const offers = createAgentOffers({ realtime, session });
 * offers.open.subscribe(([first]) => first && ring(first.customerName));
 */
export function createAgentOffers({
  realtime,
  session,
}: {
  realtime: Realtime;
  session: Readable<AgentSession>;
}): AgentOffers {
  const open = createReadable<readonly Offer[]>([]);
  const without = (chatId: string) => open.get().filter((offer) => offer.chatId !== chatId);
  const close = (chatId: string) => {
    if (open.get().some((offer) => offer.chatId === chatId)) open.set(without(chatId));
  };

  realtime.on('chat_offered', (offer) => open.set([...without(offer.chatId), offer]));
  realtime.on('offer_closed', ({ chatId }) => close(chatId));
  realtime.state.subscribe((state) => {
    // What was heard before may be over: the server tells a new connection what is open.
    if (state === 'online' && open.get().length > 0) open.set([]);
  });
  session.subscribe(({ user }) => {
    if (!user && open.get().length > 0) open.set([]);
  });

  async function answer<T>(chatId: string, ask: () => Promise<T>): Promise<T> {
    try {
      const told = await ask();
      close(chatId);
      return told;
    } catch (error) {
      if (error instanceof ClientError && OVER.has(error.code)) close(chatId);
      throw error;
    }
  }

  return {
    open,
    accept: (chatId) => answer(chatId, () => realtime.request('accept_offer', { chatId })),
    decline: async (chatId) => {
      await answer(chatId, () => realtime.request('decline_offer', { chatId }));
    },
  };
}
