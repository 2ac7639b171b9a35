import { join } from 'node:path';
import { expect, test } from 'vitest';
import { change, DB_SCRIPT, desk, place } from '../src/db/testing/small-desk.ts';

/** Runs `bun run db …` in a folder. */
function db(dataDir: string, args: readonly string[], variables: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = Bun.spawnSync([process.execPath, DB_SCRIPT, ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, ...variables },
  });
  return { code: exitCode, out: stdout.toString(), errors: stderr.toString() };
}

test('a backup, a check and a restore say what they did', async () => {
  const { path } = await desk();
  const file = join(place(), 'all.tar');
  expect(db(path, ['backup', file]).out).toMatch(
    /all\.tar holds 60 documents in 3 collections and the uploads/,
  );
  expect(db(path, ['backup', file])).toMatchObject({
    code: 1,
    out: '',
    errors: `db backup: ${file} exists already: choose another name, or --force\n`,
  });
  expect(db(path, ['check'])).toMatchObject({ code: 0, out: expect.stringContaining('The data is sound') });
  expect(db(path, ['restore', file]).out).toMatch(/^Restored 60 documents .*\nWhat was there before is in /);
});

test('a check that finds something ends with 1, says what, and what to do', async () => {
  const data = await desk();
  await change(data, 'messages', (messages) => messages.deleteOne({ chatId: 'chat4', seq: 2 }));
  const { code, errors } = db(data.path, ['check']);
  expect(code).toBe(1);
  expect(errors).toContain('in the chat chat4 the message 3 comes after the message 1');
  expect(errors).toContain('restore the last backup that is');
});

test('what cannot be done is one line', async () => {
  const folder = place();
  const line = (args: readonly string[], variables?: Record<string, string>): string => {
    const { code, out, errors } = db(folder, args, variables);
    expect([code, out]).toEqual([1, '']);
    expect(errors.trim().split('\n')).toHaveLength(1);
    return errors;
  };
  expect(line(['check'])).toMatch(/^db check: There is no database at /);
  expect(line(['backup'])).toMatch(/give one FILE/);
  expect(line(['restore', 'nothing.tar'])).toMatch(/There is no file nothing\.tar/);
  expect(line(['copy', '--to', 'postgres://x'])).toMatch(/must begin with mongodb/);
  expect(line(['copy'])).toMatch(/give --to URI or --from URI/);
  const onServer = { MONGODB_URI: 'mongodb://localhost/x' };
  expect(line(['backup', 'x.tar'], onServer)).toMatch(/the data is on MongoDB .*mongodump/);
  expect(line(['check'], { MONGODB_URI: 'nonsense' })).toMatch(/MONGODB_URI must begin with/);
});

test('help is printed when it is asked for, and for a verb that there is not', () => {
  expect(db('.', ['help'])).toMatchObject({
    code: 0,
    errors: '',
    out: expect.stringContaining('db backup FILE'),
  });
  expect(db('.', [])).toMatchObject({ code: 0 });
  expect(db('.', ['backp'])).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/^There is no verb 'backp'/),
  });
});
