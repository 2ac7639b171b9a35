import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { trusted } from 'mongoose';
import type { Logger } from '../../lib/log.ts';
import type { AttachmentNeeds } from './attachment-needs.ts';
import { removeFiles } from './remove-files.ts';
import { UNUSED_TIME } from './upload-file.ts';

/** One of these ways is gone through each time: folders of files have two hexadecimal digits as their name. */
const FOLDERS = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));
/** How often: the whole of the folders is gone through in half a day. */
const EVERY = 3 * 60_000;
const BATCH = 100;

type Needs = Pick<AttachmentNeeds, 'attachments' | 'folder' | 'now'>;

/** Deletes what nobody used or sees any more: first the record, so that what is left is a file without one. */
async function sweepExpired({ attachments, folder, now }: Needs): Promise<void> {
  for (;;) {
    const due = { expiresAt: trusted({ $lte: now() }) };
    const records = await attachments.find(due).sort({ expiresAt: 1 }).limit(BATCH).lean();
    for (const { _id, file } of records) {
      const { deletedCount } = await attachments.deleteOne({ _id, ...due });
      if (deletedCount > 0) await removeFiles(folder, file);
    }
    if (records.length < BATCH) return;
  }
}

/**
 * Deletes the files of one folder that are a day old and have no record: a server that was killed left them. A record
 * without a file stays, since the folder may only be missing; whoever asks for it is told that it is gone.
 */
async function sweepFolder({ attachments, folder, now }: Needs, name: string): Promise<void> {
  const path = join(folder, name);
  const names = await namesIn(path);
  const old = new Date(now().getTime() - UNUSED_TIME);
  for (let from = 0; from < names.length; from += BATCH) {
    const batch = names.slice(from, from + BATCH);
    const files = [...new Set(batch.map((file) => `${name}/${file.replace(/\.webp$/, '')}`))];
    const known = await attachments.find({ file: trusted({ $in: files }) }, { file: 1 }).lean();
    const kept = new Set(known.map(({ file }) => file));
    for (const file of batch) {
      if (kept.has(`${name}/${file.replace(/\.webp$/, '')}`)) continue;
      const { mtime } = await stat(join(path, file));
      if (mtime < old) await rm(join(path, file), { force: true });
    }
  }
}

async function namesIn(path: string): Promise<string[]> {
  return readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
}

/** Deletes all that is due, now and then. Returns the stop. */
export function startSweep(needs: Needs, log: Logger): () => void {
  let next = 0;
  const timer = setInterval(() => {
    const name = FOLDERS[next] ?? '00';
    next = (next + 1) % FOLDERS.length;
    Promise.all([sweepExpired(needs), sweepFolder(needs, name)]).catch((error: unknown) =>
      log.error({ err: error }, 'uploads that nobody needs remain'),
    );
  }, EVERY);
  return () => clearInterval(timer);
}

/** All of it at once. */
export async function sweepUploads(needs: Needs): Promise<void> {
  await sweepExpired(needs);
  for (const name of FOLDERS) await sweepFolder(needs, name);
}
