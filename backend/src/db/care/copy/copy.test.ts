import { expect, test } from 'vitest';
import { connectDatabase } from '../../connect.ts';
import { migrateData } from '../../migrations/migrate-data.ts';
import { bytesOf, empty, oddDesk } from '../../testing/odd-desk.ts';
import { change, contents, desk } from '../../testing/small-desk.ts';
import { check } from '../check.ts';
import type { DataFolder } from '../data-folder.ts';
import { createProgress } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { copy } from './copy.ts';
import { embeddedSource } from './embedded-source.ts';
import { embeddedTarget } from './embedded-target.ts';
import type { Target } from './store.ts';

const SILENT = createProgress({ write: () => undefined });

/** Copies from file to file; what is copied is the same towards a server. */
async function copyFiles(from: DataFolder, to: DataFolder, progress: Progress = SILENT, force = false) {
  const source = embeddedSource(from);
  const target = embeddedTarget(to);
  try {
    return await copy(source, target, progress, { force });
  } finally {
    await source.close();
    await target.close();
  }
}

/** Fails when so many documents of a collection are there. */
function failingAt(collection: string, count: number): Progress {
  let title = '';
  return {
    begin: (what) => void (title = what),
    update(done) {
      if (title === `copying ${collection}` && done >= count) throw new Error('pulled the plug');
    },
    end: () => undefined,
  };
}

test('every type of value, every index and every collection arrives, byte for byte', async () => {
  const from = await oddDesk();
  const to = empty();
  expect(await copyFiles(from, to)).toEqual({ collections: 4, documents: 68, isResumed: false });
  expect(bytesOf(to)).toEqual(bytesOf(from));
  expect(await check(to)).toEqual([]);
});

test('an interrupted copy goes on where it stopped; no server starts on it before it is whole', async () => {
  const from = await desk();
  await change(from, 'users', (users) =>
    users.insertMany(Array.from({ length: 2000 }, (_, n) => ({ _id: 1000 + n, email: `late${n}` }))),
  );
  const to = empty();
  await expect(copyFiles(from, to, failingAt('users', 1000))).rejects.toThrow('pulled the plug');
  const database = await connectDatabase({ dataDir: to.path });
  await expect(migrateData(database, { backUp: async () => undefined })).rejects.toThrow(
    /unfinished copy of .*wzatco\.sqlite: run the same/,
  );
  // What an interrupted batch leaves: documents behind the place where the state stands.
  const users = database.connection.collection<{ _id: number }>('users');
  expect(await users.countDocuments()).toBe(1000);
  await users.insertMany([{ _id: 1962 }, { _id: 2999 }, { _id: 5000 }]);
  await database.close();
  const other = await desk();
  await expect(copyFiles(other, to)).rejects.toThrow(/unfinished copy of .*: finish that one, or --force/);

  const seen: number[] = [];
  let title = '';
  const watching: Progress = {
    begin: (what) => void (title = what),
    update: (done) => void (title === 'copying users' && seen.push(done)),
    end: () => undefined,
  };
  expect(await copyFiles(from, to, watching)).toEqual({ collections: 3, documents: 2060, isResumed: true });
  expect(seen[0]).toBe(1500);
  expect(bytesOf(to)).toEqual(bytesOf(from));
  await change(to, 'users', async () => undefined);
});

test('what changed in the source since the interruption is found by comparing, and copied again', async () => {
  const from = await desk();
  const to = empty();
  await expect(copyFiles(from, to, failingAt('users', 1))).rejects.toThrow('pulled the plug');
  await change(from, 'chats', (chats) => chats.updateOne({ _id: 'chat1' }, { $set: { late: true } }));
  await change(from, 'users', (users) => users.deleteOne({ _id: 39 }));
  await copyFiles(from, to);
  expect(bytesOf(to)).toEqual(bytesOf(from));
});

test('a target that holds other data is refused, and emptied only by force', async () => {
  const [from, to] = [await oddDesk(), await desk()];
  const before = await contents(to);
  await expect(copyFiles(from, to)).rejects.toThrow(/holds data already \(5 documents in chats\).*--force/);
  expect(await contents(to)).toEqual(before);
  await copyFiles(from, to, SILENT, true);
  expect(bytesOf(to)).toEqual(bytesOf(from));
});

test('a target that does not give back what it was given is found out', async () => {
  const from = await desk();
  const to = embeddedTarget(empty());
  const source = embeddedSource(from);
  const forgetful: Target = {
    ...to,
    insert: (collection, documents) => to.insert(collection, documents.slice(1)),
  };
  await expect(copy(source, forgetful, SILENT)).rejects.toThrow(/chats differs after copying it twice/);
  await source.close();
  await to.close();
});
