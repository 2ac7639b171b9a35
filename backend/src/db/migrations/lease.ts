import { randomUUID } from 'node:crypto';
import { mongo, type Connection } from 'mongoose';

/** How long a process that died keeps the others waiting, in milliseconds. */
const LEASE_TIME = 30_000;

type LeaseRecord = { _id: string; holder: string; until: Date };

/** A task that one process of many has taken. */
export type Lease = {
  /** @throws Error where it has been lost: another process may have begun the task. */
  readonly requireHeld: () => void;
  readonly release: () => Promise<void>;
};

/**
 * Takes a task for this process alone, and keeps it until it is released or the process is gone. Times are the
 * database's, so that clocks may differ.
 *
 * @returns nothing where another process has it
 */
export async function takeLease(connection: Connection, task: string): Promise<Lease | undefined> {
  const leases = connection.collection<LeaseRecord>('leases');
  const holder = randomUUID();
  const extended = [{ $set: { holder, until: { $add: ['$$NOW', LEASE_TIME] } } }];
  try {
    // As numbers, since SecantusDB does not compare $$NOW with stored dates as MongoDB does.
    const free = { _id: task, $expr: { $lt: [{ $toLong: '$until' }, { $toLong: '$$NOW' }] } };
    await leases.updateOne(free, extended, { upsert: true });
  } catch (error) {
    // It is there, and not free.
    if (error instanceof mongo.MongoServerError && error.code === 11_000) return undefined;
    throw error;
  }
  let lost: Error | undefined;
  const renew = async (): Promise<void> => {
    const { matchedCount } = await leases.updateOne({ _id: task, holder }, extended);
    if (matchedCount === 0) lost = new Error(`another process has taken over '${task}'`);
  };
  const timer = setInterval(() => {
    // A failure of the network is a loss only when the time is up; the next try may come through.
    renew().catch((error: unknown) => {
      lost = error instanceof Error ? error : new Error(String(error));
    });
  }, LEASE_TIME / 3);
  return {
    requireHeld() {
      if (lost !== undefined) throw lost;
    },
    async release() {
      clearInterval(timer);
      await leases.deleteOne({ _id: task, holder });
    },
  };
}
