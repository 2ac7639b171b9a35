import type { OnlineAgent } from '@wzatco/sdk/contract';
import { TIMES, type PresenceStatus } from '@wzatco/sdk/contract/constants';
import { trusted, type QueryFilter } from 'mongoose';
import type { Bus } from '../../lib/bus.ts';
import type { Peers } from '../../lib/peers.ts';
import type { DepartmentService } from '../departments/index.ts';
import type { UserModel, UserRecord } from '../users/index.ts';
import { watchElsewhere } from './presence-elsewhere.ts';

declare module '../../lib/bus.ts' {
  interface DomainEvents {
    /** An agent's status as others see it. Every process publishes it, for those who are connected to it. */
    'presence.changed': { agentId: string; status: PresenceStatus };
  }
}

/** Presence belongs to the agent: several connections are one, and a short absence is none. */
export interface PresenceService {
  /** A connection of the agent has come. Returns their status. */
  connected(userId: string): Promise<PresenceStatus>;
  /** A connection has gone; after the last one the agent becomes offline when the grace time has passed. */
  disconnected(userId: string): void;
  /** The agent chose a status; it is kept and comes back with their next connection. */
  choose(userId: string, status: PresenceStatus): Promise<void>;
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
  now: () => Date;
  /** Milliseconds; tests take a shorter one. */
  graceTime?: number;
}

/** An agent counts as there this long after their last request, in milliseconds (SPEC §6). */
const RECENTLY = 5 * 60 * 1000;

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
  now,
  graceTime = TIMES.presenceGrace,
}: Needs): PresenceService {
  const present = new Map<string, Present>();
  /** What was told last, of those who are not offline. */
  const told = new Map<string, PresenceStatus>();
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
    peers.hear('presence.chosen', ({ agentId, status }) => {
      const entry = present.get(agentId);
      if (entry) entry.chosen = status;
      tell(agentId, status);
    }),
  ];

  /** As last chosen, on whatever process; offline for who has no connection to any. */
  function statusOf(userId: string): PresenceStatus {
    return present.get(userId)?.chosen ?? elsewhere.statusOf(userId) ?? 'offline';
  }

  function tell(agentId: string, status: PresenceStatus): void {
    if (status === 'offline') told.delete(agentId);
    else told.set(agentId, status);
    bus.publish('presence.changed', { agentId, status });
  }

  function tellIfChanged(userId: string): void {
    const status = statusOf(userId);
    if (status !== (told.get(userId) ?? 'offline')) tell(userId, status);
  }

  function leave(userId: string): void {
    present.delete(userId);
    elsewhere.tell();
    tellIfChanged(userId);
  }

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

    async choose(userId, status) {
      await users.updateOne({ _id: userId }, { $set: { presence: status, lastActiveAt: now() } });
      const entry = present.get(userId);
      if (entry) entry.chosen = status;
      tell(userId, status);
      peers.tell('presence.chosen', { agentId: userId, status });
    },

    async online() {
      const staff = { role: trusted({ $in: ['agent' as const, 'admin' as const] }) };
      const recently = new Date(now().getTime() - RECENTLY);
      // Each branch has an index of its own, so only who is there is read.
      const filter: QueryFilter<UserRecord> = {
        status: 'active',
        presence: trusted({ $ne: 'offline' }),
        $or: [
          { ...staff, lastActiveAt: trusted({ $gte: recently }) },
          { ...staff, _id: trusted({ $in: [...present.keys(), ...elsewhere.agentIds()] }) },
        ],
      };
      const found = await users.find(filter).limit(1000).lean();
      const records = found.toSorted(byName);
      return Promise.all(
        records.map((record) => toOnlineAgent(record, statusOf(String(record._id)), departments)),
      );
    },

    stop() {
      for (const { leaving } of present.values()) clearTimeout(leaving);
      present.clear();
      for (const unsubscribe of subscriptions) unsubscribe();
      elsewhere.stop();
    },
  };
}

function byName(a: UserRecord, b: UserRecord): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return String(a._id) < String(b._id) ? -1 : 1;
}

async function toOnlineAgent(
  record: UserRecord,
  status: PresenceStatus,
  departments: DepartmentService,
): Promise<OnlineAgent> {
  return {
    id: String(record._id),
    name: record.name,
    email: record.email,
    avatar: record.avatar,
    department: await departments.nameOf(record.departmentId && String(record.departmentId)),
    lastActiveAt: record.lastActiveAt?.toISOString() ?? null,
    status,
  };
}
