import type { OnlineAgent } from '@wzatco/sdk/contract';
import { TIMES, type PresenceStatus } from '@wzatco/sdk/contract/constants';
import { trusted } from 'mongoose';
import type { Jobs } from '../../jobs.ts';
import type { Bus } from '../../lib/bus.ts';
import type { Peers } from '../../lib/peers.ts';
import type { DepartmentService } from '../departments/index.ts';
import type { UserModel, UserRecord } from '../users/index.ts';
import { listOnline } from './list-online.ts';
import { watchElsewhere } from './presence-elsewhere.ts';
import type { AwayReason } from './presence-events.ts';
import { createSignsOfLife } from './signs-of-life.ts';

/** Presence belongs to the agent: several connections are one, and a short absence is none. */
export interface PresenceService {
  /** A connection of the agent has come. Returns their status. */
  connected(userId: string): Promise<PresenceStatus>;
  /** A connection has gone; after the last one the agent becomes offline when the grace time has passed. */
  disconnected(userId: string): void;
  /** The agent chose a status; it is kept and comes back with their next connection. */
  choose(userId: string, status: PresenceStatus): Promise<void>;
  /** The server makes an agent who is `online` `away`. */
  setAway(userId: string, reason: AwayReason): Promise<void>;
  /** Something of the agent's reached the server; `acts`: they did it themselves, which ends an `away` of idleness. */
  signOfLife(userId: string, acts: boolean): Promise<void>;
  /** As last chosen, on whatever process; offline for who has no connection to any. */
  statusOf(userId: string): PresenceStatus;
  /** Active agents who are `online`. */
  available(): Promise<UserRecord[]>;
  /** Active agents who are there, those who chose `offline` left out (SPEC §6). */
  online(): Promise<OnlineAgent[]>;
  /** Ends all grace times; for the server's end. */
  stop(): void;
}

interface Needs {
  users: UserModel;
  departments: DepartmentService;
  bus: Bus;
  peers: Peers;
  jobs: Jobs;
  now: () => Date;
  /** Milliseconds; tests take a shorter one. */
  graceTime?: number;
}

/** The job that looks whether an agent is idle; its key is their id. */
const IDLE_JOB = 'presence.idle';

interface Present {
  connections: number;
  chosen: PresenceStatus | null;
  leaving: ReturnType<typeof setTimeout> | undefined;
}

export function createPresenceService({
  users,
  departments,
  bus,
  peers,
  jobs,
  now,
  graceTime = TIMES.presenceGrace,
}: Needs): PresenceService {
  const present = new Map<string, Present>();
  /** What was told last, of those who are not offline. */
  const told = new Map<string, PresenceStatus>();
  const signs = createSignsOfLife(users, now);
  const elsewhere = watchElsewhere({
    peers,
    here: () => Object.fromEntries([...present].map(([id, { chosen }]) => [id, chosen ?? 'offline'])),
    onChange: (agentIds) => agentIds.forEach(tellIfChanged),
  });
  const readChoices = async () => {
    const found = await users.find({ _id: trusted({ $in: [...present.keys()] }) }).lean();
    for (const { _id, presence } of found) {
      const entry = present.get(String(_id));
      if (entry) entry.chosen = presence;
      tellIfChanged(String(_id));
    }
    elsewhere.tell();
  };
  const subscriptions = [
    // What was chosen on another process meanwhile was not heard.
    peers.onBack(readChoices),
    peers.hear('presence.chosen', ({ agentId, status, reason }) => take(agentId, status, reason)),
    bus.subscribe('presence.changed', async ({ agentId, status }) => {
      const user = status === 'online' ? await users.findById(agentId).lean() : null;
      if (user) await jobs.schedule(IDLE_JOB, agentId, idleAt(user, now()));
    }),
  ];

  function statusOf(userId: string): PresenceStatus {
    return present.get(userId)?.chosen ?? elsewhere.statusOf(userId) ?? 'offline';
  }

  function tell(agentId: string, status: PresenceStatus, reason?: AwayReason): void {
    if (status === 'offline') told.delete(agentId);
    else told.set(agentId, status);
    bus.publish('presence.changed', { agentId, status, ...(reason ? { reason } : {}) });
  }

  function tellIfChanged(userId: string): void {
    const status = statusOf(userId);
    if (status !== (told.get(userId) ?? 'offline')) tell(userId, status);
  }

  /** A status that is stored is so from now on, wherever the agent is connected. */
  function take(agentId: string, status: PresenceStatus, reason?: AwayReason): void {
    const entry = present.get(agentId);
    if (entry) entry.chosen = status;
    elsewhere.note(agentId, status);
    tell(agentId, status, reason);
  }

  /** Stores a status, if the user is still as expected, and tells it to everybody. */
  async function change(
    userId: string,
    from: Pick<Partial<UserRecord>, 'presence' | 'awayByIdleness'>,
    to: Partial<UserRecord> & { presence: PresenceStatus },
    reason?: AwayReason,
  ): Promise<void> {
    const { matchedCount } = await users.updateOne({ _id: userId, ...from }, { $set: to });
    if (matchedCount === 0) return;
    take(userId, to.presence, reason);
    peers.tell('presence.chosen', { agentId: userId, status: to.presence, ...(reason ? { reason } : {}) });
  }

  async function setAway(userId: string, reason: AwayReason): Promise<void> {
    if (statusOf(userId) !== 'online') return;
    const away = { presence: 'away' as const, awayByIdleness: reason === 'idle' };
    await change(userId, { presence: 'online' }, away, reason);
  }

  function leave(userId: string): void {
    present.delete(userId);
    elsewhere.tell();
    tellIfChanged(userId);
  }

  jobs.handle(IDLE_JOB, async (userId) => {
    const user = await users.findById(userId).lean();
    if (!user || statusOf(userId) !== 'online') return;
    const dueAt = idleAt(user, signs.lastActOf(user));
    if (dueAt > now()) return dueAt;
    await setAway(userId, 'idle');
  });

  const connectedIds = () => [...present.keys(), ...elsewhere.agentIds()];

  return {
    async connected(userId) {
      const known = present.get(userId);
      if (known) {
        clearTimeout(known.leaving);
        known.connections += 1;
        return statusOf(userId);
      }
      const entry: Present = { connections: 1, chosen: null, leaving: undefined };
      present.set(userId, entry);
      const user = await users.findById(userId).lean();
      // A choice that came meanwhile is newer than what was stored.
      entry.chosen ??= user?.presence ?? null;
      elsewhere.tell();
      tellIfChanged(userId);
      return statusOf(userId);
    },

    disconnected(userId) {
      const entry = present.get(userId);
      if (!entry) return;
      entry.connections -= 1;
      if (entry.connections === 0) entry.leaving = setTimeout(() => leave(userId), graceTime);
    },

    choose: (userId, status) =>
      change(
        userId,
        {},
        {
          presence: status,
          awayByIdleness: false,
          missedOffers: 0,
          lastActiveAt: now(),
          lastActedAt: now(),
        },
      ),

    setAway,

    async signOfLife(userId, acts) {
      const user = await signs.note(userId, acts);
      if (!acts || !user?.awayByIdleness) return;
      const idle = { presence: 'away' as const, awayByIdleness: true };
      await change(userId, idle, { presence: 'online', awayByIdleness: false });
    },

    statusOf,

    async available() {
      const ids = connectedIds().filter((id) => statusOf(id) === 'online');
      if (ids.length === 0) return [];
      const role = trusted({ $in: ['agent' as const, 'admin' as const] });
      return users.find({ _id: trusted({ $in: ids }), status: 'active', role }).lean();
    },

    online: () => listOnline({ users, departments, now, statusOf }, connectedIds()),

    stop() {
      for (const { leaving } of present.values()) clearTimeout(leaving);
      present.clear();
      for (const unsubscribe of subscriptions) unsubscribe();
      elsewhere.stop();
    },
  };
}

/** When somebody becomes idle who last did something then. */
function idleAt({ awayAfterMinutes }: UserRecord, last: Date): Date {
  return new Date(last.getTime() + (awayAfterMinutes ? awayAfterMinutes * 60_000 : TIMES.awayAfter));
}
