import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { expect, test } from 'vitest';
import { dataFolder } from '../care/data-folder.ts';
import type { DataFolder } from '../care/data-folder.ts';
import { readArchive } from '../care/read-archive.ts';
import { connectDatabase } from '../connect.ts';
import type { DatabaseHandle } from '../connect.ts';
import { place } from '../testing/small-desk.ts';
import { backUpBefore } from './back-up-before.ts';
import { migrateData } from './migrate-data.ts';
import type { Migration } from './migration.ts';

type Installation = { _id: string; schemaVersion: number };

const installations = (connection: Connection) => connection.collection<Installation>('installations');

/** Data of one version, open. */
async function dataOf(version: number): Promise<{ data: DataFolder; database: DatabaseHandle }> {
  const data = dataFolder(join(place(), 'data'));
  const database = await connectDatabase({ dataDir: data.path });
  await installations(database.connection).insertOne({ _id: 'installation', schemaVersion: version });
  return { data, database };
}

/** A step that writes down that it was done. */
const step = (version: number, up: Migration['up'] = async () => undefined): Migration => ({
  version,
  title: `step ${version}`,
  async up(connection) {
    await up(connection);
    await connection.collection('steps').insertOne({ version });
  },
});

const stepsOf = async ({ connection }: DatabaseHandle): Promise<unknown[]> =>
  (await connection.collection('steps').find().toArray()).map(({ version }) => version as unknown);

const versionOf = async ({ connection }: DatabaseHandle): Promise<number | undefined> =>
  (await installations(connection).findOne({ _id: 'installation' }))?.schemaVersion;

test('what is due is done in its order, after one backup of what was', async () => {
  const { data, database } = await dataOf(2);
  const lines: string[] = [];
  const options = {
    migrations: [step(2), step(3), step(4)],
    backUp: async (version: number) => void (await backUpBefore(data, version)),
    onStep: (line: string) => lines.push(line),
  };
  await migrateData(database, options);
  await migrateData(database, options);
  expect(await stepsOf(database)).toEqual([3, 4]);
  expect(await versionOf(database)).toBe(4);
  expect(lines).toEqual([
    'migrating the data to version 3: step 3',
    'migrating the data to version 4: step 4',
  ]);
  const backups = readdirSync(data.backups);
  expect(backups).toEqual([expect.stringMatching(/^\d{8}-\d{6}-version-2\.tar$/)]);
  expect(await readArchive(join(data.backups, backups[0] ?? ''))).toMatchObject({
    schemaVersion: 2,
    counts: { installations: 1 },
    hasUploads: false,
  });
  await database.close();
});

test('a step that fails stops the start; the next start goes on with it', async () => {
  const { database } = await dataOf(1);
  const failing = step(3, () => Promise.reject(new Error('no such luck')));
  const backUp = async () => undefined;
  await expect(migrateData(database, { migrations: [step(2), failing], backUp })).rejects.toThrow(
    'The data could not be brought to version 3 (step 3): no such luck. The next start tries it again.',
  );
  expect(await versionOf(database)).toBe(2);
  await migrateData(database, { migrations: [step(2), step(3)], backUp });
  expect(await stepsOf(database)).toEqual([2, 3]);
  await database.close();
});

test('nothing is changed that could not be backed up, and the newest three backups are kept', async () => {
  const { data, database } = await dataOf(1);
  const options = {
    migrations: [step(2)],
    backUp: async (version: number) => void (await backUpBefore(data, version)),
  };
  writeFileSync(data.backups, 'not a folder');
  const names = ['1-version-1.tar', '2-version-1.tar', '3-version-1.tar', 'mine.tar'];
  await expect(migrateData(database, options)).rejects.toThrow(/could not be backed up before: .*EEXIST/);
  expect(await versionOf(database)).toBe(1);
  await database.close();

  const again = await dataOf(1);
  mkdirSync(again.data.backups);
  for (const name of names) writeFileSync(join(again.data.backups, name), '');
  await backUpBefore(again.data, 1);
  expect(readdirSync(again.data.backups).toSorted()).toEqual([
    '2-version-1.tar',
    expect.stringMatching(/^2\d+-\d+-version-1\.tar$/),
    '3-version-1.tar',
    'mine.tar',
  ]);
  await again.database.close();
});

test('newer data is refused, new data is left alone', async () => {
  const { database } = await dataOf(5);
  const backUp = (): Promise<void> => Promise.reject(new Error('not asked for'));
  await expect(migrateData(database, { migrations: [step(4)], backUp })).rejects.toThrow(
    'The data has version 5, this program knows up to 4: start a newer WZATCO, or restore a backup of that time',
  );
  await installations(database.connection).deleteMany({});
  await migrateData(database, { migrations: [step(4)], backUp });
  expect(await stepsOf(database)).toEqual([]);
  await database.close();
});
