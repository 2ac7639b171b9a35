import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import tar from 'tar-stream';
import { expect, test } from 'vitest';
import { change, desk, place, upload } from '../testing/small-desk.ts';
import { backup } from './backup.ts';
import { dataFolder } from './data-folder.ts';
import { restore } from './restore.ts';

test('an archive that is damaged anywhere, or cut anywhere, is refused and nothing is touched', async () => {
  const data = await desk();
  upload(data, 'a.png', 'p'.repeat(3000));
  const file = join(place(), 'all.tar');
  await backup(data, file);
  const sound = readFileSync(file);
  const before = readdirSync(data.path).toSorted();
  // A tar archive has room between its parts that belongs to none; the digests cover everything else.
  const isCovered = (at: number): boolean => sound[at] !== 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(sound.length - 1).filter(isCovered), async (at) => {
      const damaged = Buffer.from(sound);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      writeFileSync(file, damaged);
      const isHarmless = await isSameTar(damaged, sound);
      if (!isHarmless) await expect(restore(data, file, 1)).rejects.toThrow(/cannot be used/);
    }),
    { numRuns: 40, seed: 5 },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(lastByte(sound)), async (size) => {
      writeFileSync(file, sound);
      truncateSync(file, size);
      await expect(restore(data, file, 1)).rejects.toThrow(/cannot be used/);
    }),
    { numRuns: 20, seed: 6 },
  );
  expect(readdirSync(data.path).toSorted()).toEqual(before);
}, 60_000);

/** Behind it there are only the zeros that end a tar archive. */
const lastByte = (bytes: Buffer): number => bytes.findLastIndex((byte) => byte !== 0);

/** Whether two archives hold the same parts, so that what differs is a time or an owner. */
async function isSameTar(one: Buffer, other: Buffer): Promise<boolean> {
  const [a, b] = await Promise.all([partsOf(one), partsOf(other)]);
  return a !== undefined && a === b;
}

async function partsOf(bytes: Buffer): Promise<string | undefined> {
  const extract = tar.extract();
  extract.end(bytes);
  const hash = createHash('sha256');
  try {
    for await (const entry of extract) {
      hash.update(`${entry.header.name} ${entry.header.type} ${entry.header.size}\n`);
      for await (const chunk of entry) hash.update(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
  return hash.digest('hex');
}

/** An archive of given parts, with right digests. */
async function archiveOf(file: string, parts: Readonly<Record<string, string | Buffer>>): Promise<void> {
  const pack = tar.pack();
  const sums = Object.entries(parts).map(
    ([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`,
  );
  for (const [name, content] of Object.entries(parts)) pack.entry({ name }, content);
  pack.entry({ name: 'SHA256SUMS' }, sums.join(''));
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack) chunks.push(Buffer.from(chunk as Uint8Array));
  writeFileSync(file, Buffer.concat(chunks));
}

test('what is no backup, of another format, too new, or reaches outside is refused', async () => {
  const data = await desk();
  const folder = place();
  const file = join(folder, 'odd.tar');
  const database = readFileSync(data.database);
  const manifest = {
    format: 'wzatco-backup',
    formatVersion: 1,
    createdAt: '',
    schemaVersion: 1,
    counts: { chats: 5, messages: 15, users: 40 },
    hasUploads: true,
  };
  const text = (changes: object): string => JSON.stringify({ ...manifest, ...changes });
  const sound = { 'manifest.json': text({}), 'database.sqlite': database };
  const refused = async (parts: Readonly<Record<string, string | Buffer>>, why: RegExp): Promise<void> => {
    await archiveOf(file, parts);
    await expect(restore(data, file, 1)).rejects.toThrow(why);
  };
  await refused({ 'readme.txt': 'hello' }, /no part of a backup/);
  await refused({ ...sound, 'manifest.json': text({ format: 'other' }) }, /no backup of WZATCO/);
  await refused({ ...sound, 'manifest.json': text({ formatVersion: 2 }) }, /has format 2, .* newer WZATCO/);
  await refused({ ...sound, 'manifest.json': 'not JSON' }, /manifest cannot be read/);
  await refused({ ...sound, 'manifest.json': text({ counts: { users: 3 } }) }, /manifest counts/);
  await refused({ 'manifest.json': text({}) }, /holds no database/);
  await refused({ 'manifest.json': text({}), 'database.sqlite': 'x'.repeat(9000) }, /damaged/);
  for (const name of ['../evil', 'uploads/../../evil', '/evil', 'uploads//evil', 'uploads/a\\b']) {
    await refused({ ...sound, [name]: 'evil' }, /no part of a backup/);
  }
  await archiveOf(file, sound);
  await restore(data, file, 1);

  const newer = dataFolder(join(folder, 'newer'));
  await restore(newer, file, 1);
  await change(newer, 'installations', (all) => all.insertOne({ _id: 'installation', schemaVersion: 9 }));
  rmSync(file);
  await backup(newer, file);
  await expect(restore(data, file, 8)).rejects.toThrow(/data of version 9, this program knows up to 8/);
  await expect(restore(data, join(folder, 'missing.tar'), 1)).rejects.toThrow(/There is no file/);
});
