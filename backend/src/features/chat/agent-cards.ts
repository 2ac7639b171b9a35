import type { Chat } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import type { Bus } from '../../lib/bus.ts';
import type { UserModel } from '../users/index.ts';

/** Who answers in a chat, as its customer sees them. */
export type ChatAgent = NonNullable<Chat['agent']>;

/** Names and pictures of agents, which every message asks for: kept in memory for a while. */
export interface AgentCards {
  /** Those that exist, by id, in one query at most. */
  of(ids: readonly string[]): Promise<Map<string, ChatAgent>>;
}

interface Needs {
  users: UserModel;
  bus: Bus;
  now: () => Date;
}

/** How long another process may show an old name, in milliseconds. */
const KEPT = 5_000;

export function createAgentCards({ users, bus, now }: Needs): AgentCards {
  const kept = new Map<string, { card: Promise<ChatAgent | undefined>; until: number }>();
  bus.subscribe('user.changed', ({ user }) => void kept.delete(String(user._id)));

  async function load(ids: readonly string[]): Promise<Map<string, ChatAgent>> {
    const records = await users.find({ _id: trusted({ $in: ids }) }).lean();
    return new Map(records.map(({ _id, name, avatar }) => [String(_id), { id: String(_id), name, avatar }]));
  }

  function keep(ids: readonly string[], until: number): void {
    const loaded = load(ids);
    for (const id of ids) kept.set(id, { card: loaded.then((found) => found.get(id)), until });
    loaded.catch(() => ids.forEach((id) => kept.delete(id)));
  }

  return {
    async of(ids) {
      const at = now().getTime();
      const missing = ids.filter((id) => (kept.get(id)?.until ?? 0) <= at);
      if (missing.length > 0) keep([...new Set(missing)], at + KEPT);
      const cards = await Promise.all(ids.map((id) => kept.get(id)?.card));
      return new Map(cards.flatMap((card) => (card ? [[card.id, card]] : [])));
    },
  };
}
