import { setTimeout as wait } from 'node:timers/promises';
import { STATE_COLLECTION, STATE_ID } from '../care/copy/store.ts';
import type { CopyState } from '../care/copy/store.ts';
import { INSTALLATION_ID, INSTALLATIONS } from '../care/schema-version.ts';
import type { DatabaseHandle } from '../connect.ts';
import { takeLease } from './lease.ts';
import type { Lease } from './lease.ts';
import type { Migration } from './migration.ts';
import { MIGRATIONS, newestOf } from './migrations.ts';

export type MigrationOptions = {
  /** All steps that the program knows; tests give their own. */
  readonly migrations?: readonly Migration[];
  /** Called once before the first change of the data, with its version, by the process that will make it. */
  readonly backUp: (version: number) => Promise<void>;
  /** Told what is being done, a line at a time. */
  readonly onStep?: (line: string) => void;
};

/** An embedded file is this process's alone as long as it is open. */
const ALONE: Lease = { requireHeld: () => undefined, release: async () => undefined };

/** How often a process looks whether another one has finished, in milliseconds. */
const LOOK_EVERY = 250;

/**
 * Brings older data into the shape that this program writes, step by step, before anything is served. A step's version
 * is written when it is done, so that an interrupted start goes on there. Of several processes on one MongoDB a single
 * one migrates; the others wait for it. New data is left to whoever makes it.
 *
 * @throws Error with one line for data of a newer program, and for a step that failed
 */
export async function migrateData(database: DatabaseHandle, options: MigrationOptions): Promise<void> {
  const { migrations = MIGRATIONS, onStep = () => undefined } = options;
  await refuseUnfinishedCopy(database);
  for (let isToldToWait = false; ; isToldToWait = true) {
    const version = await versionOf(database);
    if (version === undefined || version === newestOf(migrations)) return;
    refuseNewer(version, newestOf(migrations));
    const lease = database.kind === 'embedded' ? ALONE : await takeLease(database.connection, 'migration');
    if (lease === undefined) {
      if (!isToldToWait) onStep('another process migrates the data; waiting for it');
      await wait(LOOK_EVERY);
      continue;
    }
    try {
      await runSteps(database, { ...options, migrations, onStep }, lease.requireHeld);
    } finally {
      await lease.release();
    }
  }
}

async function runSteps(
  database: DatabaseHandle,
  { migrations, backUp, onStep }: Required<MigrationOptions>,
  requireHeld: () => void,
): Promise<void> {
  // Read again: another process may have been done before this one had the lease.
  const from = (await versionOf(database)) ?? newestOf(migrations);
  const due = migrations.filter(({ version }) => version > from);
  if (due.length > 0) await backUp(from);
  for (const { version, title, up } of due) {
    onStep(`migrating the data to version ${version}: ${title}`);
    await up(database.connection).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The data could not be brought to version ${version} (${title}): ${reason}. The next start tries it again.`,
        { cause: error },
      );
    });
    requireHeld();
    await installationsOf(database).updateOne(
      { _id: INSTALLATION_ID },
      { $set: { schemaVersion: version, updatedAt: new Date() } },
    );
  }
}

async function versionOf(database: DatabaseHandle): Promise<number | undefined> {
  const found = await installationsOf(database).findOne({ _id: INSTALLATION_ID });
  return found?.schemaVersion;
}

function installationsOf({ connection }: DatabaseHandle) {
  return connection.collection<{ _id: string; schemaVersion: number; updatedAt: Date }>(INSTALLATIONS);
}

async function refuseUnfinishedCopy({ connection }: DatabaseHandle): Promise<void> {
  const states = connection.collection<CopyState & { _id: string }>(STATE_COLLECTION);
  const state = await states.findOne({ _id: STATE_ID });
  if (state === null) return;
  throw new Error(
    `The data is an unfinished copy of ${state.source}: run the same \`bun run db copy\` again, and it goes on`,
  );
}

function refuseNewer(version: number, newest: number): void {
  if (version <= newest) return;
  throw new Error(
    `The data has version ${version}, this program knows up to ${newest}: start a newer WZATCO, or restore a backup of that time`,
  );
}
