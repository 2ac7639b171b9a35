import { Database } from 'bun:sqlite';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectDatabase, type DatabaseHandle } from '../../connect.ts';
import { sqliteOf } from '../../testing/embedded.ts';
import { filled, temporaryFolder } from '../../testing/fixtures.ts';
import type { LogState } from './checkpoint-thread.ts';

const LOG_BYTES = 4 * 1024 * 1024;
const CONTENT = 'x'.repeat(4_000);

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let database: DatabaseHandle;
let collection: Awaited<ReturnType<typeof filled>>;
let written = 0;

beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder.path, 'wzatco.sqlite');
  database = await connectDatabase({ dataDir: folder.path, limits: { logBytes: LOG_BYTES } });
  collection = await filled(database.connection);
  written = 0;
});
afterEach(async () => {
  await database.close();
  folder.remove();
});

/** Writes more than half as much as makes a log due, at once. */
async function writeSome(): Promise<void> {
  const documents = Array.from({ length: 600 }, () => ({ _id: written++, content: CONTENT }));
  await Promise.all(documents.map((document) => collection.insertOne(document)));
}

function logState(): LogState {
  const { writer } = sqliteOf(database.connection);
  const state = writer.query<LogState, []>('PRAGMA wal_checkpoint(NOOP)').get();
  if (state === null) throw new Error('there is no log');
  return state;
}

/** How many bytes of the log are not yet done with. */
const logInUse = (): number => logState().log * 2_072;

const logSize = (): number => statSync(`${path}-wal`).size;

test('the log stays short while much is written, and no commit writes it back', async () => {
  const { writer } = sqliteOf(database.connection);
  expect(writer.query('PRAGMA wal_autocheckpoint').get()).toEqual({ wal_autocheckpoint: 0 });
  let longest = 0;
  for (let round = 0; round < 40; round++) {
    await writeSome();
    longest = Math.max(longest, logSize());
  }
  expect(written * CONTENT.length).toBeGreaterThan(20 * LOG_BYTES);
  expect(longest).toBeLessThan(10 * LOG_BYTES);
  expect(statSync(path).size).toBeGreaterThan(10 * LOG_BYTES);
  expect(await collection.countDocuments()).toBe(written);
});

test('a log that starts again keeps its place on the disk', async () => {
  const inUse: number[] = [];
  for (let round = 0; round < 20; round++) {
    await writeSome();
    inUse.push(logInUse());
  }
  const startedAgain = inUse.findIndex((bytes, at) => bytes < (inUse[at - 1] ?? 0));
  expect(startedAgain).toBeGreaterThan(0);
  expect(logSize()).toBeGreaterThan(LOG_BYTES);
});

test('a short log is written back too, a moment after the last commit', async () => {
  await writeSome();
  const before = statSync(path).size;
  await vi.waitFor(() => expect(logState().checkpointed).toBe(logState().log), { timeout: 10_000 });
  expect(logState().log).toBeGreaterThan(0);
  expect(statSync(path).size).toBeGreaterThan(before);
});

test('who reads for long keeps the log from starting again, and nobody waits for that; afterwards it is cut', async () => {
  await writeSome();
  using reader = new Database(path, { readonly: true });
  reader.run('BEGIN');
  reader.query('SELECT count(*) FROM sqlite_schema').get();
  for (let round = 0; round < 12; round++) await writeSome();
  expect(logSize()).toBeGreaterThan(4 * LOG_BYTES);
  reader.run('COMMIT');
  while (logSize() > 2 * LOG_BYTES) await writeSome();
  expect(logInUse()).toBeLessThan(4 * LOG_BYTES);
  expect(await collection.countDocuments()).toBe(written);
});

test('who reads in turns keeps the log from starting again until the next gap, not until it is due once more', async () => {
  using reader = new Database(path, { readonly: true });
  for (let turn = 0; turn < 5; turn += 1) {
    reader.run('BEGIN');
    reader.query('SELECT count(*) FROM sqlite_schema').get();
    for (let round = 0; round < 4; round += 1) await writeSome();
    reader.run('COMMIT');
    const released = logInUse();
    expect(released).toBeGreaterThan(LOG_BYTES);
    while (logInUse() >= released) {
      await collection.insertOne({ _id: written++ });
      expect(logInUse() - released).toBeLessThan(LOG_BYTES / 2);
    }
  }
});
