import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { change, contents, desk, DB_SCRIPT, place, upload, uploadsIn } from '../testing/small-desk.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { dataFolder } from './data-folder.ts';
import { restore } from './restore.ts';

test.each(['all.tar', 'all.tar.gz'])('what %s holds comes back as it was, uploads too', async (name) => {
  const data = await desk();
  upload(data, 'a.png', 'picture');
  upload(data, `deep/${'long'.repeat(40)}.pdf`, 'x'.repeat(100_000));
  upload(data, 'empty', '');
  const before = await contents(data);
  const file = join(place(), name);
  const manifest = await backup(data, file);
  expect(manifest).toMatchObject({ counts: { chats: 5, messages: 15, users: 40 }, hasUploads: true });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(file))).toEqual([name]);

  const elsewhere = dataFolder(join(place(), 'new'));
  expect((await restore(elsewhere, file, 1)).undo).toBeUndefined();
  expect(await contents(elsewhere)).toEqual(before);
  expect(await check(elsewhere)).toEqual([]);
  expect(uploadsIn(elsewhere)).toEqual(['a.png', 'empty', `${'long'.repeat(40)}.pdf`]);
  expect(readFileSync(join(elsewhere.uploads, 'a.png'), 'utf8')).toBe('picture');
});

test('what was there is kept, and nothing of a restored folder is mixed with it', async () => {
  const data = await desk();
  const file = join(place(), 'monday.tar');
  const monday = await contents(data);
  await backup(data, file);
  await change(data, 'users', (users) => users.deleteMany({}));
  upload(data, 'tuesday.png', 'later');
  writeFileSync(join(data.path, 'jwt-secret'), 'stays');
  const { undo = '' } = await restore(data, file, 1);
  expect(await contents(data)).toEqual(monday);
  expect(uploadsIn(data)).toEqual([]);
  expect(readdirSync(undo).toSorted()).toEqual(expect.arrayContaining(['uploads', 'wzatco.sqlite']));
  expect(readFileSync(join(data.path, 'jwt-secret'), 'utf8')).toBe('stays');
  expect((await contents({ ...dataFolder(undo) }))['users']).toEqual([]);
});

test('a backup without uploads leaves those alone that are there', async () => {
  const data = await desk();
  upload(data, 'a.png', 'picture');
  const file = join(place(), 'database.tar');
  expect(await backup(data, file, { withUploads: false })).toMatchObject({ hasUploads: false });
  upload(data, 'b.png', 'later');
  await restore(data, file, 1);
  expect(uploadsIn(data)).toEqual(['a.png', 'b.png']);
});

test('a file that exists is replaced only by force, and a failure leaves nothing behind', async () => {
  const data = await desk();
  const folder = place();
  const file = join(folder, 'all.tar');
  writeFileSync(file, 'precious');
  await expect(backup(data, file)).rejects.toThrow(/exists already/);
  expect(readFileSync(file, 'utf8')).toBe('precious');
  await backup(data, file, { force: true });
  expect(statSync(file).size).toBeGreaterThan(10_000);
  await expect(backup(dataFolder(join(folder, 'nothing')), join(folder, 'no.tar'))).rejects.toThrow(
    /no database at/,
  );
  writeFileSync(data.database, readFileSync(data.database).fill(0x5a, 4096, 20_000));
  await expect(backup(data, join(folder, 'no.tar'))).rejects.toThrow(/damaged|malformed/);
  expect(readdirSync(folder)).toEqual(['all.tar']);
});

test('what a killed backup of the same name was working in goes with the next one; that of a running one stays', async () => {
  const data = await desk();
  const folder = place();
  const killed = 2 ** 31 - 2;
  const others = [`all.tar.${process.ppid}.partial`, `all.tar.gz.${killed}.partial`, 'all.tar.old.partial'];
  for (const name of [`all.tar.${killed}.partial`, ...others]) mkdirSync(join(folder, name));
  await backup(data, join(folder, 'all.tar'));
  expect(readdirSync(folder).toSorted()).toEqual(['all.tar', ...others].toSorted());
});

test('taken while another process writes it is one state, and the writer goes on', async () => {
  const folder = place();
  const data = dataFolder(join(folder, 'live'));
  const script = new URL('../testing/crash-writer.ts', import.meta.url).pathname;
  const writer = Bun.spawn([process.execPath, script, data.path], { stdout: 'pipe', stderr: 'inherit' });
  const reader = writer.stdout.getReader();
  let written = 0;
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      written += value.length;
    }
  })();
  await expect.poll(() => written).toBeGreaterThan(5_000);
  const states: Record<string, unknown[]>[] = [];
  try {
    for (const name of ['one.tar', 'two.tar', 'three.tar.gz']) {
      const before = written;
      await backup(data, join(folder, name));
      await expect.poll(() => written).toBeGreaterThan(before);
      await expect(restore(data, join(folder, name), 1)).rejects.toThrow(`in use by process ${writer.pid};`);
    }
  } finally {
    writer.kill('SIGKILL');
    await Promise.all([writer.exited, reading]);
  }
  for (const name of ['one.tar', 'two.tar', 'three.tar.gz']) {
    const copy = dataFolder(join(folder, `from-${name}`));
    await restore(copy, join(folder, name), 1);
    states.push(await contents(copy));
  }
  const sizes = states.map(({ chats, messages }) => {
    const [chat] = chats as { last: number }[];
    expect(chat?.last).toBe(messages?.length ?? 0);
    return messages?.length ?? 0;
  });
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  expect(sizes[0]).toBeGreaterThan(0);
}, 60_000);

test('a disk that is full is one line, and nothing half is left behind', async () => {
  const data = await desk();
  await change(data, 'users', (users) =>
    users.insertMany(Array.from({ length: 2000 }, (_, n) => ({ email: `x${n}`, text: 'y'.repeat(500) }))),
  );
  const folder = place();
  const file = join(folder, 'all.tar');
  // No file may grow beyond 512 KB, which is what a full disk feels like.
  const limited = (...args: string[]) =>
    Bun.spawnSync(
      ['sh', '-c', 'trap "" XFSZ; ulimit -f 1024; exec "$@"', 'sh', process.execPath, DB_SCRIPT, ...args],
      { env: { ...process.env, DATA_DIR: data.path } },
    );
  const failed = limited('backup', file);
  expect(failed.stderr.toString()).toMatch(/^db backup: [^\n]+\n$/);
  expect(failed.exitCode).toBe(1);
  expect(readdirSync(folder)).toEqual([]);

  await backup(data, file);
  const before = await contents(data);
  const entries = readdirSync(data.path).toSorted();
  const refused = limited('restore', file);
  expect(refused.stderr.toString()).toMatch(/^db restore: [^\n]+\n$/);
  expect(refused.exitCode).toBe(1);
  expect(readdirSync(data.path).toSorted()).toEqual(entries);
  expect(await contents(data)).toEqual(before);
}, 60_000);
