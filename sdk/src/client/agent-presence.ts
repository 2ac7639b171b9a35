import type { userEndpoints } from '../contract/users.ts';
import type { PresenceStatus } from '../contract/constants.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import { allPages } from './all-pages.ts';
import type { AgentSession } from './agent-client.ts';
import type { Call } from './call.ts';
import type { Realtime } from './realtime.ts';

/** One's own presence, as the server knows it. */
export interface AgentPresence {
  readonly status: Readable<PresenceStatus>;
  set(status: PresenceStatus): Promise<void>;
}

/**
 * Follows one's own presence: asked for on each connection, then told by the server.
 *
 * @example
 * const presence = createAgentPresence({ call, realtime, session });
 * await presence.set('online');
 */
export function createAgentPresence({
  call,
  realtime,
  session,
}: {
  call: Call<typeof userEndpoints>;
  realtime: Realtime;
  session: Readable<AgentSession>;
}): AgentPresence {
  const status = createReadable<PresenceStatus>('offline');
  /** Grows with each word of the server, so that an older answer does not override it. */
  let word = 0;

  function tell(next: PresenceStatus): void {
    word += 1;
    status.set(next);
  }

  async function ask(): Promise<void> {
    const { user } = session.get();
    if (!user || user.role === 'user') return;
    const asked = word;
    const agents = await allPages((query) => call('GET /api/users/agents/online', { query }));
    if (asked === word) tell(agents.find(({ id }) => id === user.id)?.status ?? 'offline');
  }

  realtime.state.subscribe((state) => {
    // Where it fails the last known status stays; the next connection asks again.
    if (state === 'online') ask().catch(() => undefined);
  });
  realtime.on('agent_presence_update', (update) => {
    if (update.agentId === session.get().user?.id) tell(update.status);
  });
  session.subscribe(({ user }) => {
    if (!user) tell('offline');
  });

  return {
    status,
    async set(next) {
      const told = await realtime.request('agent_status', { status: next });
      tell(told.status);
    },
  };
}
