import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectDatabase } from '../connect.ts';
import { change, contents, desk, DB_SCRIPT, place, upload, uploadsIn } from '../testing/small-desk.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { dataFolder } from './data-folder.ts';
import { restore } from './restore.ts';

test('a restore killed at any moment leaves the old state or the new one, whole', async () => {
  const data = await desk();
  const file = join(place(), 'old.tar');
  upload(data, 'old.png', 'old');
  await backup(data, file);
  /** Restores in another process, which is killed so long after it began to unpack; gives out how long it ran. */
  const restoreAndKill = async (after: number): Promise<number> => {
    const child = Bun.spawn([process.execPath, DB_SCRIPT, 'restore', file], {
      env: { ...process.env, DATA_DIR: data.path },
      stdout: 'ignore',
      stderr: 'inherit',
    });
    const isUnpacking = (): boolean => existsSync(`${data.restoring}.${child.pid}`);
    await expect.poll(() => isUnpacking() || child.exitCode !== null, { interval: 1 }).toBe(true);
    const start = performance.now();
    const timer = setTimeout(() => child.kill('SIGKILL'), after);
    await child.exited;
    clearTimeout(timer);
    return performance.now() - start;
  };
  const whole = await restoreAndKill(10_000);
  const outcomes: string[] = [];
  for (const part of [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 100]) {
    await change(data, 'users', (users) => users.updateMany({}, { $set: { text: 'new' } }));
    rmSync(data.uploads, { recursive: true });
    upload(data, 'new.png', 'new');
    await restoreAndKill(part * whole);
    const texts = ((await contents(data))['users'] ?? []).map((user) => (user as { text: string }).text);
    const [first] = texts;
    expect(new Set(texts).size).toBe(1);
    const state = first === 'new' ? 'new' : 'old';
    expect(uploadsIn(data)).toEqual([`${state}.png`]);
    expect(existsSync(data.restoring)).toBe(false);
    expect(await check(data)).toEqual([]);
    outcomes.push(state);
  }
  expect([outcomes.at(0), outcomes.at(-1)]).toEqual(['new', 'old']);
}, 60_000);

test('a server that starts while a restore is unfinished finishes it first', async () => {
  const data = await desk();
  const file = join(place(), 'all.tar');
  await backup(data, file);
  const staged = dataFolder(join(place(), 'staged'));
  await restore(staged, file, 1);
  mkdirSync(data.restoring);
  writeFileSync(join(data.restoring, 'wzatco.sqlite'), readFileSync(staged.database));
  writeFileSync(join(data.restoring, 'undo'), 'before-restore-x');
  await change(data, 'users', async (users) => expect(await users.countDocuments()).toBe(40));
  expect(readdirSync(join(data.path, 'before-restore-x'))).toContain('wzatco.sqlite');
  const database = await connectDatabase({ dataDir: data.path });
  mkdirSync(data.restoring);
  await expect(check(data)).rejects.toThrow(/in use by process/);
  await database.close();
});
