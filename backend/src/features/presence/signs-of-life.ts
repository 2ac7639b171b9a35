import type { UserModel, UserRecord } from '../users/index.ts';

/** `lastActiveAt` and `lastActedAt` are written at most this often, in milliseconds. */
const WRITE_EVERY = 10_000;

/**
 * When something of each agent's last reached the server, and when they last did something themselves: written at most
 * every 10 seconds, so the database is at most that far behind; the latter is exact in memory.
 */
export interface SignsOfLife {
  /** Takes a sign down; `acts`: they did it themselves. Answers the user where it was written, null where one was a moment ago. */
  note(userId: string, acts: boolean): Promise<UserRecord | null>;
  /** When they last did something themselves, as far as it is known; clients read on where nobody sits. */
  lastActOf(user: UserRecord): Date;
}

export function createSignsOfLife(users: UserModel, now: () => Date): SignsOfLife {
  const lastActs = new Map<string, number>();
  /** When it was last written, by whether the agent did something themselves. */
  const written = new Map<string, number>();
  return {
    async note(userId, acts) {
      const at = now();
      if (acts) lastActs.set(userId, at.getTime());
      const key = `${userId} ${acts}`;
      if (at.getTime() - (written.get(key) ?? -Infinity) < WRITE_EVERY) return null;
      written.set(key, at.getTime());
      const set = { lastActiveAt: at, ...(acts ? { lastActedAt: at } : {}) };
      return users.findOneAndUpdate({ _id: userId }, { $set: set }, { returnDocument: 'after' }).lean();
    },
    lastActOf: ({ _id, lastActedAt }) =>
      new Date(Math.max(lastActs.get(String(_id)) ?? 0, lastActedAt?.getTime() ?? 0)),
  };
}
