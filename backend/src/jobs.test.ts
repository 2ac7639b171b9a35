import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectDatabase, ensureIndexes, type DatabaseHandle } from './db/connect.ts';
import { createJobs, defineJobModel, type JobModel, type Jobs } from './jobs.ts';
import { createLogger } from './lib/log.ts';

let folder: string;
let database: DatabaseHandle;
let rows: JobModel;
let clock = new Date('2026-03-01T12:00:00Z');
const log = createLogger('silent');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wzatco-jobs-'));
  database = await connectDatabase({ dataDir: folder });
  rows = defineJobModel(database.connection);
  await ensureIndexes(database.connection);
  clock = new Date('2026-03-01T12:00:00Z');
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A runner over the one database, as another process would have it. */
const runner = (now = () => clock): Jobs => createJobs({ rows, log, now });

const after = (seconds: number) => new Date(clock.getTime() + seconds * 1000);
const pass = (seconds: number) => {
  clock = after(seconds);
};

describe('jobs', () => {
  test('are done when they are due, the longest due first, each once', async () => {
    const jobs = runner();
    const done: string[] = [];
    jobs.handle('say', async (key) => void done.push(key));
    await jobs.schedule('say', 'second', after(20));
    await jobs.schedule('say', 'first', after(10));
    await jobs.schedule('say', 'later', after(100));
    expect(await jobs.runDue()).toBe(0);
    pass(30);
    expect(await jobs.runDue()).toBe(2);
    expect(await jobs.runDue()).toBe(0);
    expect(done).toEqual(['first', 'second']);
  });

  test('of one kind and key there is one: put at another time, or taken back', async () => {
    const jobs = runner();
    const done: string[] = [];
    jobs.handle('say', async (key) => void done.push(key));
    await jobs.schedule('say', 'moved', after(10));
    await jobs.schedule('say', 'moved', after(50));
    await jobs.schedule('say', 'gone', after(10));
    await jobs.cancel('say', 'gone');
    await jobs.scheduleBy('say', 'sooner', after(10));
    await jobs.scheduleBy('say', 'sooner', after(90));
    pass(20);
    await jobs.runDue();
    expect(done).toEqual(['sooner']);
    pass(40);
    await jobs.runDue();
    expect(done).toEqual(['sooner', 'moved']);
  });

  test('one that is asked for again while it runs comes again', async () => {
    const jobs = runner();
    let runs = 0;
    jobs.handle('count', async (key) => {
      runs += 1;
      if (runs === 1) await jobs.schedule('count', key, after(5));
      if (runs === 2) await jobs.scheduleBy('count', key, after(500));
    });
    await jobs.schedule('count', 'one', clock);
    expect(await jobs.runDue()).toBe(1);
    pass(5);
    expect(await jobs.runDue()).toBe(1);
    expect(await jobs.runDue()).toBe(0);
    pass(500);
    expect(await jobs.runDue()).toBe(1);
    expect(runs).toBe(3);
  });

  test('a handler says when to come again', async () => {
    const jobs = runner();
    const at: string[] = [];
    jobs.handle('tick', async () => {
      at.push(clock.toISOString().slice(11, 19));
      return at.length < 3 ? after(60) : undefined;
    });
    await jobs.schedule('tick', 'clock', clock);
    for (let step = 0; step < 5; step += 1) {
      await jobs.runDue();
      pass(60);
    }
    expect(at).toEqual(['12:00:00', '12:01:00', '12:02:00']);
  });

  test('one that fails is tried again, later each time, and does not hold up the others', async () => {
    const jobs = runner();
    const tries: number[] = [];
    const others: string[] = [];
    const begin = clock.getTime();
    jobs.handle('fail', async () => {
      tries.push((clock.getTime() - begin) / 1000);
      if (tries.length < 3) throw new Error('not yet');
    });
    jobs.handle('say', async (key) => void others.push(key));
    await jobs.schedule('fail', 'it', clock);
    await jobs.schedule('say', 'hello', clock);
    for (let second = 0; second < 30; second += 1) {
      await jobs.runDue();
      pass(1);
    }
    expect(tries).toEqual([0, 5, 15]);
    expect(others).toEqual(['hello']);
  });

  test('one whose process died is done by another one when the lease has ended', async () => {
    const dead = runner();
    dead.handle('work', () => new Promise<undefined>(() => undefined));
    await dead.schedule('work', 'it', clock);
    // Claimed, and never finished.
    void dead.runDue();
    while ((await rows.countDocuments({ claim: null })) > 0) await setImmediate();
    const alive = runner();
    const done: string[] = [];
    alive.handle('work', async (key) => void done.push(key));
    expect(await alive.runDue()).toBe(0);
    pass(61);
    expect(await alive.runDue()).toBe(1);
    expect(done).toEqual(['it']);
  });

  test('of two processes that look at once, each job has one', async () => {
    const done: string[] = [];
    const both = [runner(), runner()];
    for (const jobs of both) jobs.handle('say', async (key) => void done.push(key));
    const keys = Array.from({ length: 40 }, (_, index) => `job ${index}`);
    await Promise.all(keys.map((key, index) => both[index % 2]?.schedule('say', key, clock)));
    const counts = await Promise.all(both.map((jobs) => jobs.runDue()));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect(done.toSorted()).toEqual(keys.toSorted());
  });

  test('a started runner wakes by itself, and one that was stopped does not', async () => {
    const jobs = runner(() => new Date());
    const woken = Promise.withResolvers<string>();
    jobs.handle('wake', async (key) => void woken.resolve(key));
    jobs.start();
    await jobs.schedule('wake', 'late', new Date(Date.now() + 60_000));
    await jobs.schedule('wake', 'soon', new Date(Date.now() + 20));
    expect(await woken.promise).toBe('soon');
    await jobs.stop();
  });

  test('a job of a transaction that fails does not exist', async () => {
    const jobs = runner();
    jobs.handle('say', async () => undefined);
    await expect(
      database.connection.transaction(async (session) => {
        await jobs.schedule('say', 'never', clock, session);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await jobs.runDue()).toBe(0);
  });
});
