import type { UserModel, UserRecord } from '../users/index.ts';

/** `lastActiveAt` is written at most this often, in milliseconds. */
const WRITE_EVERY = 60_000;

/** When each agent last gave a sign of life: exactly in memory, about to a minute in the database. */
export interface SignsOfLife {
  /** Takes one down. Answers the user where it was written, null where one was a moment ago. */
  note(userId: string, acts: boolean): Promise<UserRecord | null>;
  /** The last one that is known. */
  lastOf(user: UserRecord): Date;
}

export function createSignsOfLife(users: UserModel, now: () => Date): SignsOfLife {
  const last = new Map<string, number>();
  /** When it was last written, by whether the agent did something themselves. */
  const written = new Map<string, number>();
  return {
    async note(userId, acts) {
      const at = now();
      last.set(userId, at.getTime());
      const key = `${userId} ${acts}`;
      if (at.getTime() - (written.get(key) ?? -Infinity) < WRITE_EVERY) return null;
      written.set(key, at.getTime());
      return users
        .findOneAndUpdate({ _id: userId }, { $set: { lastActiveAt: at } }, { returnDocument: 'after' })
        .lean();
    },
    lastOf: ({ _id, lastActiveAt }) =>
      new Date(Math.max(last.get(String(_id)) ?? 0, lastActiveAt?.getTime() ?? 0)),
  };
}
