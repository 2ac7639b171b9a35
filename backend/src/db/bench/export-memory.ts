/**
 * A process of its own that reads all messages of a data folder through a Mongoose cursor and prints by how
 * many bytes its resident memory grew: `bun export-memory.ts FOLDER`.
 */
import { defineMessageModel } from '../../features/chat/message.model.ts';
import { connectDatabase } from '../connect.ts';

const WARM_UP = 5_000;
const STEP = 1_000;

const [dataDir = ''] = process.argv.slice(2);
const { connection, close } = await connectDatabase({ dataDir });
const model = defineMessageModel(connection);
let documents = 0;
let start = 0;
let peak = 0;
for await (const message of model.find().lean().cursor()) {
  if (message.seq > 0) documents += 1;
  if (documents === WARM_UP) start = process.memoryUsage.rss();
  if (documents % STEP === 0) peak = Math.max(peak, process.memoryUsage.rss());
}
await close();
console.log(JSON.stringify({ documents, growth: peak - start }));
