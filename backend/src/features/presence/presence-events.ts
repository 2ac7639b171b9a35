import type { PresenceStatus } from '@wzatco/sdk/contract/constants';

/** Why the server made an agent `away`: they gave no sign of life, or did not answer what was offered to them. */
export type AwayReason = 'idle' | 'missed_offers';

declare module '../../lib/bus.ts' {
  interface DomainEvents {
    /** An agent's status as others see it. Every process publishes it, for those who are connected to it. */
    'presence.changed': { agentId: string; status: PresenceStatus; reason?: AwayReason };
  }
}
