/**
 * A process of its own that reads all messages of a data folder through a Mongoose cursor and prints by how
 * many bytes its resident memory grew, after a first export of 50,000 and from the start: `bun export-memory.ts FOLDER`.
 */
import { defineMessageModel } from '../../features/chat/message.model.ts';
import { connectDatabase } from '../connect.ts';

const WARM_UP = 50_000;
const STEP = 1_000;

const [dataDir = ''] = process.argv.slice(2);
const { connection, close } = await connectDatabase({ dataDir });
const model = defineMessageModel(connection);

/** Reads so many documents, zero being all: how many there were, and the largest resident memory meanwhile. */
async function exportAll(limit: number): Promise<{ documents: number; peak: number }> {
  let documents = 0;
  let peak = 0;
  for await (const message of model.find().limit(limit).lean().cursor()) {
    if (message.seq > 0) documents += 1;
    if (documents % STEP === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  return { documents, peak };
}

const start = process.memoryUsage.rss();
const first = await exportAll(WARM_UP);
const { documents, peak } = await exportAll(0);
await close();
console.log(JSON.stringify({ documents, growth: peak - first.peak, growthFromStart: peak - start }));
