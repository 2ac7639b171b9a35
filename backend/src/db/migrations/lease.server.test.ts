import type { Connection } from 'mongoose';
import { expect, test } from 'vitest';
import { connectDatabase } from '../connect.ts';
import { migrateData } from './migrate-data.ts';
import type { Migration } from './migration.ts';

const installations = (connection: Connection) =>
  connection.collection<{ _id: string; schemaVersion: number }>('installations');

/** A step that writes down that it was done. */
const step = (version: number, up: Migration['up'] = async () => undefined): Migration => ({
  version,
  title: `step ${version}`,
  async up(connection) {
    await up(connection);
    await connection.collection('steps').insertOne({ version });
  },
});

const versionOf = async (connection: Connection): Promise<number | undefined> =>
  (await installations(connection).findOne({ _id: 'installation' }))?.schemaVersion;

const uri = process.env['TEST_MONGODB_URI'];

test.skipIf(uri === undefined)(
  'of ten processes on one server one migrates, and the others wait',
  async () => {
    const url = new URL(uri ?? '');
    url.pathname = `/migrations_${process.pid}_${Date.now()}`;
    const connect = () => connectDatabase({ mongodbUri: url.href, dataDir: '' });
    const databases = await Promise.all(Array.from({ length: 10 }, connect));
    const [first] = databases;
    if (first === undefined) throw new Error('not connected');
    await installations(first.connection).insertOne({ _id: 'installation', schemaVersion: 1 });
    let backups = 0;
    const waiting: string[] = [];
    // Long enough that all of them have looked.
    const slow = step(2, async () => {
      await expect.poll(() => waiting.length).toBe(9);
    });
    await Promise.all(
      databases.map(async (database) => {
        await migrateData(database, {
          migrations: [slow, step(3)],
          backUp: async () => void (backups += 1),
          onStep: (line) => {
            if (line.includes('waiting')) waiting.push(line);
          },
        });
        expect(await versionOf(database.connection)).toBe(3);
      }),
    );
    const steps = await first.connection.collection('steps').find().toArray();
    expect(steps.map(({ version }) => version as unknown)).toEqual([2, 3]);
    expect(backups).toBe(1);
    expect(await first.connection.collection('leases').countDocuments()).toBe(0);

    // One that died with the task in its hands is waited for no longer than its lease.
    const leases = first.connection.collection<{ _id: string; holder: string; until: Date }>('leases');
    await leases.insertOne({ _id: 'migration', holder: 'dead', until: new Date(Date.now() - 60_000) });
    await migrateData(first, { migrations: [step(4)], backUp: async () => undefined });
    expect(await versionOf(first.connection)).toBe(4);
    await first.connection.dropDatabase();
    await Promise.all(databases.map((database) => database.close()));
  },
);
