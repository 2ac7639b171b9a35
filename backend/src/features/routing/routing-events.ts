import type { OfferEnd } from '@wzatco/sdk/contract/constants';
import type { ChatRecord } from '../chat/index.ts';

declare module '../../lib/bus.ts' {
  interface DomainEvents {
    /** A waiting chat was offered to the agent that its `offer` names. */
    'offer.made': { chat: ChatRecord };
    'offer.ended': { chat: ChatRecord; agentId: string; reason: OfferEnd };
  }
}
