import type { PresenceStatus } from '@wzatco/sdk/contract/constants';
import type { Peers } from '../../lib/peers.ts';
import type { AwayReason } from './presence-events.ts';

declare module '../../lib/peers.ts' {
  interface PeerWords {
    /** The agents who have connections to that process, and what each chose. */
    'presence.here': { agents: Record<string, PresenceStatus> };
    /** An agent chose a status, or was made `away`, on whatever process. */
    'presence.chosen': { agentId: string; status: PresenceStatus; reason?: AwayReason };
  }
}

/** Who has connections to other processes. */
export interface PresenceElsewhere {
  /** Null for who has none there. */
  statusOf(agentId: string): PresenceStatus | null;
  /** All who have some. */
  agentIds(): string[];
  /** An agent has a status now, on whatever process. */
  note(agentId: string, status: PresenceStatus): void;
  /** Who is here has changed. */
  tell(): void;
  stop(): void;
}

interface Needs {
  peers: Peers;
  /** Who is here, told to the others. */
  here(): Record<string, PresenceStatus>;
  /** What is known of these agents may have changed. */
  onChange(agentIds: readonly string[]): void;
}

/**
 * Keeps what the other processes say. A process that dies takes its agents along when its silence has lasted; one that
 * ends does so too, so that who moves to another process meanwhile was never away.
 */
export function watchElsewhere({ peers, here, onChange }: Needs): PresenceElsewhere {
  const others = new Map<string, Map<string, PresenceStatus>>();
  const tell = () => peers.tell('presence.here', { agents: here() });
  const subscriptions = [
    peers.hear('presence.here', ({ agents }, from) => {
      const before = others.get(from)?.keys() ?? [];
      others.set(from, new Map(Object.entries(agents)));
      onChange([...new Set([...before, ...Object.keys(agents)])]);
    }),
    peers.onMeet(tell),
    peers.onGone((from) => {
      const agents = [...(others.get(from)?.keys() ?? [])];
      others.delete(from);
      onChange(agents);
    }),
  ];
  return {
    statusOf(agentId) {
      for (const agents of others.values()) {
        const status = agents.get(agentId);
        if (status) return status;
      }
      return null;
    },
    note(agentId, status) {
      for (const agents of others.values()) if (agents.has(agentId)) agents.set(agentId, status);
    },
    agentIds: () => [...others.values()].flatMap((agents) => [...agents.keys()]),
    tell,
    stop: () => subscriptions.forEach((unsubscribe) => unsubscribe()),
  };
}
