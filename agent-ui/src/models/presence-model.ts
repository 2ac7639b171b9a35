import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, PresenceStatus } from '@wzatco/sdk';
import type { AlertsModel } from './alerts-model.ts';
import { failureText } from './failure-text.ts';
import { follow } from './follow.ts';

export type { PresenceStatus };

/** What each status is called. */
export const PRESENCE_WORDS: Record<PresenceStatus, string> = {
  online: 'Online',
  away: 'Away',
  busy: 'Busy',
  offline: 'Offline',
};

/** One's own presence, and what is known of the colleagues'. */
export interface PresenceModel {
  own: ReadonlySignal<PresenceStatus>;
  /** By agent id; who is not in it is offline. */
  agents: ReadonlySignal<ReadonlyMap<string, PresenceStatus>>;
  choose(status: PresenceStatus): Promise<void>;
  /** Asks who is there; from then on events keep it right. Rejects with the client's error. */
  load(): Promise<void>;
}

export function createPresenceModel(client: AgentClient, alerts: AlertsModel): PresenceModel {
  const known = follow(client.presence).value;
  const choosing = signal<PresenceStatus | null>(null);
  const agents = signal<ReadonlyMap<string, PresenceStatus>>(new Map());

  client.on('agent_presence_update', ({ agentId, status }) => {
    agents.value = new Map(agents.peek()).set(agentId, status);
  });

  return {
    own: computed(() => choosing.value ?? known.value),
    agents,
    async choose(status) {
      choosing.value = status;
      try {
        await client.setPresence(status);
        alerts.say(`Presence: ${status}`);
      } catch (error) {
        alerts.tell({ tone: 'bad', title: 'Presence not changed', detail: failureText(error) });
      } finally {
        choosing.value = null;
      }
    },
    async load() {
      const there = await client.users.online();
      agents.value = new Map(there.map(({ id, status }) => [id, status]));
    },
  };
}
