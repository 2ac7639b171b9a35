import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { trusted } from 'mongoose';
import { chatId, MESSAGES_PER_CHAT } from './sample-messages.ts';
import type { MessageStore } from './message-store.ts';
import type { Result } from './result-table.ts';
import { watchLoop } from './watch-loop.ts';

const GOAL = 50;
/** The part of the documents that updateMany changes: 100,000 of a million. */
const CHANGED = 0.1;

const DB_TOOL = fileURLToPath(new URL('../../../scripts/db.ts', import.meta.url));

/**
 * Measures for how long at most the event loop stood still during each kind of long work.
 *
 * @param dataDir the folder of the open database; backups are made in it
 */
export async function measureStalls({ model, documents }: MessageStore, dataDir: string): Promise<Result[]> {
  const changed = Math.floor((documents * CHANGED) / MESSAGES_PER_CHAT);
  const work: Record<string, () => Promise<unknown>> = {
    'aggregation: $group over all': () =>
      model
        .aggregate([{ $group: { _id: '$senderName', count: { $sum: 1 }, last: { $max: '$seq' } } }])
        .exec(),
    'scan: count without an index': () => model.countDocuments({ senderName: 'Nobody' }).exec(),
    'scan: find without an index': () => model.find({ senderName: 'Nobody' }).lean().exec(),
    'sort without an index, 50 first': () => model.find().sort({ content: 1 }).limit(50).lean().exec(),
    'export: cursor over all': async () => {
      let count = 0;
      for await (const _ of model.find().lean().cursor()) count += 1;
      if (count !== documents) throw new Error(`the export gave ${count} documents`);
    },
    'backup, by a process of its own': () => backup(dataDir),
    [`updateMany over ${(changed * MESSAGES_PER_CHAT).toLocaleString('en')}`]: () =>
      model
        .updateMany(
          { chatId: trusted({ $lt: chatId(changed) }) as never },
          { $set: { deletedAt: new Date() } },
        )
        .exec(),
  };
  // On a busy machine even a process that does nothing is late.
  const idle = await measure('nothing, for three seconds', () => Bun.sleep(3_000));
  const results: Result[] = [{ ...idle, goal: '', isMet: undefined }];
  for (const [operation, run] of Object.entries(work)) results.push(await measure(operation, run));
  return results;
}

async function backup(dataDir: string): Promise<void> {
  const child = Bun.spawn([process.execPath, DB_TOOL, 'backup', join(dataDir, 'backup.tar')], {
    env: { ...process.env, DATA_DIR: dataDir, MONGODB_URI: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if ((await child.exited) !== 0) throw new Error('the backup failed');
}

async function measure(operation: string, run: () => Promise<unknown>): Promise<Result> {
  const start = performance.now();
  const longestStall = watchLoop();
  let longest: number;
  try {
    await run();
  } finally {
    longest = longestStall();
  }
  return {
    operation,
    measured: `${longest.toFixed(0)} ms`,
    reference: `of ${((performance.now() - start) / 1000).toFixed(1)} s`,
    ratio: '',
    goal: `< ${GOAL} ms`,
    isMet: longest < GOAL,
  };
}
