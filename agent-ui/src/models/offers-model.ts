import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, Offer } from '@wzatco/sdk';
import type { AlertsModel } from './alerts-model.ts';
import { failureCode, failureText } from './failure-text.ts';
import { follow } from './follow.ts';

export type { Offer };

/** The waiting chats that are offered to this agent. */
export interface OffersModel {
  /** Oldest first. */
  offers: ReadonlySignal<readonly Offer[]>;
  /** The chat whose answer is under way. */
  answering: ReadonlySignal<string | null>;
  /** Takes a chat; answers whether it is ours. A colleague who was faster is told of. */
  accept(offer: Offer): Promise<boolean>;
  /** Leaves it to the colleagues. */
  decline(offer: Offer): Promise<void>;
}

export function createOffersModel(client: AgentClient, alerts: AlertsModel): OffersModel {
  const offers = follow(client.offers).value;
  const answering = signal<string | null>(null);
  let told: ReadonlySet<string> = new Set();
  effect(() => {
    const open = offers.value;
    for (const { chatId, customerName, message } of open) {
      if (told.has(chatId)) continue;
      // The card stands for what is told about a new chat.
      alerts.forget(chatId);
      alerts.say(`${customerName} is offered to you: ${message}`);
    }
    told = new Set(open.map(({ chatId }) => chatId));
  });

  const answer = async (offer: Offer, ask: () => Promise<unknown>): Promise<boolean> => {
    if (answering.peek() !== null) return false;
    answering.value = offer.chatId;
    try {
      await ask();
      return true;
    } catch (error) {
      const isOver = failureCode(error) === 'CONFLICT';
      const title = isOver ? `${offer.customerName} is no longer offered to you` : 'No answer was given';
      alerts.tell({ tone: isOver ? 'neutral' : 'bad', title, detail: failureText(error) });
      return false;
    } finally {
      answering.value = null;
    }
  };
  return {
    offers,
    answering,
    accept: (offer) => answer(offer, () => client.acceptOffer(offer.chatId)),
    decline: async (offer) => {
      if (await answer(offer, () => client.declineOffer(offer.chatId)))
        alerts.say(`${offer.customerName} is left to your colleagues`);
    },
  };
}
