import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import { Schema, trusted, type ClientSession, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from './db/base-schema.ts';
import type { Logger } from './lib/log.ts';

/** One thing to do at a time: of a kind, about a subject. */
interface JobRecord extends Timestamps {
  _id: Types.ObjectId;
  kind: string;
  /** What it is about, e.g. a chat's id: unique within the kind. */
  key: string;
  /** When it is due; whoever works on it moves this on, so that a job whose process died is due again. */
  dueAt: Date;
  /** Who works on it; null where nobody does, or where it was put off meanwhile. */
  claim: string | null;
  /** Failures since it last went well. */
  failures: number;
}

const jobSchema = new Schema<JobRecord>(
  {
    kind: { type: String, required: true },
    key: { type: String, required: true },
    dueAt: { type: Date, required: true },
    claim: { type: String, default: null },
    failures: { type: Number, default: 0 },
  },
  schemaOptions('jobs'),
);
jobSchema.index({ kind: 1, key: 1 }, { unique: true });
jobSchema.index({ dueAt: 1 });

export type JobModel = Model<JobRecord>;

export function defineJobModel(connection: Connection): JobModel {
  return connection.model<JobRecord>('Job', jobSchema);
}

/** How long a process may work on a job before another one takes it, in milliseconds. */
const LEASE = 60_000;
/** A failed job is tried again after this time, doubled with each failure, in milliseconds. */
const RETRY = { first: 5_000, most: 10 * 60_000 };
/** When each process looks for what others left undone: a cron expression. */
const LOOK = '*/15 * * * * *';
/** setTimeout takes no more, in milliseconds; the look above comes much sooner. */
const LONGEST_SLEEP = 60 * 60_000;

/** Does what is due about `key`. Answers when to come again, or nothing when it is done. May be called twice. */
export type JobHandler = (key: string) => Promise<Date | void>;

/** Things to do at a time: rows that outlive a restart, each done by one process. */
export interface Jobs {
  /** Says how jobs of a kind are done. Once per kind, before `start`. */
  handle(kind: string, handler: JobHandler): void;
  /**
   * Puts a job at a time, in place of the one of the same kind and key. Within a transaction it exists only if that
   * commits.
   *
   * @example await jobs.schedule('offer', chatId, expiresAt, session);
   */
  schedule(kind: string, key: string, dueAt: Date, session?: ClientSession): Promise<void>;
  /** The same, unless the job is due sooner already. */
  scheduleBy(kind: string, key: string, dueAt: Date): Promise<void>;
  /** Takes a job back; one that is under way is not stopped. */
  cancel(kind: string, key: string, session?: ClientSession): Promise<void>;
  /** Does everything that is due by now. Answers how many jobs were done. */
  runDue(): Promise<number>;
  /** Wakes for each job when it is due. */
  start(): void;
  /** Takes up no more jobs, and waits for the one under way. */
  stop(): Promise<void>;
}

interface Needs {
  /** The rows; several runners may share them. */
  rows: JobModel;
  log: Logger;
  now: () => Date;
}

/**
 * @example
 * const jobs = createJobs({ rows: defineJobModel(connection), log, now });
 * jobs.handle('offer', async (chatId) => { await expireOffer(needs, chatId); });
 * jobs.start();
 */
export function createJobs({ rows, log, now }: Needs): Jobs {
  const handlers = new Map<string, JobHandler>();
  let look: Cron | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wakesAt = Infinity;
  /** What is under way: one after the other, so that no two runs of a process meet. */
  let work: Promise<unknown> = Promise.resolve();

  /** Takes the job that is due longest, and holds it for the lease. */
  function claimNext(): Promise<JobRecord | null> {
    const at = now();
    return rows
      .findOneAndUpdate(
        { dueAt: trusted({ $lte: at }) },
        { $set: { dueAt: new Date(at.getTime() + LEASE), claim: randomUUID() } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
      .lean()
      .exec();
  }

  async function run({ _id, kind, key, claim, failures }: JobRecord): Promise<void> {
    // One that was put at another time meanwhile has no claim any more, and stays.
    const mine = { _id, claim };
    try {
      const handler = handlers.get(kind);
      if (!handler) throw new Error(`nobody handles jobs of the kind ${kind}`);
      const again = await handler(key);
      if (again) await rows.updateOne(mine, { $set: { dueAt: again, claim: null, failures: 0 } });
      else await rows.deleteOne(mine);
    } catch (error) {
      log.error({ err: error, kind, key, failures }, 'a job failed');
      const wait = Math.min(RETRY.first * 2 ** failures, RETRY.most);
      const dueAt = new Date(now().getTime() + wait);
      await rows.updateOne(mine, { $set: { dueAt, claim: null }, $inc: { failures: 1 } });
    }
  }

  async function runAll(): Promise<number> {
    let done = 0;
    for (let job = await claimNext(); job; job = await claimNext()) {
      await run(job);
      done += 1;
    }
    return done;
  }

  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const mine = work.then(task);
    // Its failure is told to whoever asked for it.
    work = mine.catch(() => undefined);
    return mine;
  }

  function wake(): void {
    clearTimeout(timer);
    wakesAt = Infinity;
    inTurn(async () => {
      if (!look) return;
      await runAll();
      const next = await rows.findOne().sort({ dueAt: 1 }).lean();
      if (next) wakeAt(next.dueAt);
    }).catch((error: unknown) => log.error({ err: error }, 'jobs could not be looked for'));
  }

  function wakeAt(dueAt: Date): void {
    if (!look || dueAt.getTime() >= wakesAt) return;
    clearTimeout(timer);
    wakesAt = dueAt.getTime();
    timer = setTimeout(wake, Math.min(Math.max(wakesAt - now().getTime(), 0), LONGEST_SLEEP));
  }

  return {
    handle(kind, handler) {
      handlers.set(kind, handler);
    },
    async schedule(kind, key, dueAt, session) {
      const options = { upsert: true, ...(session ? { session } : {}) };
      await rows.updateOne({ kind, key }, { $set: { dueAt, claim: null } }, options);
      wakeAt(dueAt);
    },
    async scheduleBy(kind, key, dueAt) {
      // One that is under way comes again: what it saw may be older than what is asked for now.
      const later = trusted({ $gt: dueAt });
      const change = { $set: { dueAt, claim: null } };
      const existing = { kind, key, $or: [{ dueAt: later }, { claim: trusted({ $ne: null }) }] };
      if ((await rows.updateOne(existing, change)).matchedCount === 0) {
        await rows.updateOne({ kind, key }, { $setOnInsert: change.$set }, { upsert: true });
      }
      wakeAt(dueAt);
    },
    async cancel(kind, key, session) {
      await rows.deleteOne({ kind, key }, session ? { session } : {});
    },
    runDue: () => inTurn(runAll),
    start() {
      look = new Cron(LOOK, wake);
      wake();
    },
    async stop() {
      look?.stop();
      look = null;
      clearTimeout(timer);
      await work;
    },
  };
}
