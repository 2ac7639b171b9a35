/** Prints what the embedded database does in a second, 64 operations in flight: `bun backend/src/db/bench/embedded-database.ts`. */
import mongoose, { Schema } from 'mongoose';
import { connectDatabase, ensureIndexes } from '../connect.ts';
import { temporaryFolder } from '../testing/fixtures.ts';

const IN_FLIGHT = 64;
const folder = temporaryFolder();
const { connection, close } = await connectDatabase({ dataDir: folder.path });
const chatSchema = new Schema({ name: String, lastSeq: { type: Number, default: 0 } }, { timestamps: true });
const messageSchema = new Schema(
  { chatId: Schema.Types.ObjectId, seq: Number, text: String },
  { timestamps: true },
);
messageSchema.index({ chatId: 1, seq: 1 }, { unique: true });
const Chat = connection.model('Chat', chatSchema);
const Message = connection.model('Message', messageSchema);
await ensureIndexes(connection);
const { _id: chatId } = await Chat.create({ name: 'a chat' });

async function measure(title: string, count: number, run: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await run(next++);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  const rate = Math.round((count / (performance.now() - start)) * 1000);
  console.log(`${title.padEnd(52)} ${rate.toLocaleString('en')} / s`);
}

const text = 'a message of some length, as people write them';
const somewhere = (): mongoose.Types.ObjectId => new mongoose.Types.ObjectId();
const send = (): Promise<unknown> =>
  connection.transaction(async (session) => {
    const options = { session, returnDocument: 'after', lean: true } as const;
    const chat = await Chat.findOneAndUpdate({ _id: chatId }, { $inc: { lastSeq: 1 } }, options);
    await Message.create([{ chatId, seq: chat?.lastSeq ?? 0, text }], { session });
  });
const recent = { chatId, seq: mongoose.trusted({ $gt: 10 }) } as never;

for (const round of ['warm-up', 'measured']) {
  console.log(`— ${round}`);
  await measure('insertOne (driver)', 30_000, (seq) =>
    Message.collection.insertOne({ chatId: somewhere(), seq, text } as never),
  );
  await measure('create (Mongoose document)', 10_000, (seq) =>
    Message.create({ chatId: somewhere(), seq, text }),
  );
  await measure('findOne by id (driver)', 50_000, () => Chat.collection.findOne({ _id: chatId }));
  await measure('findOne by id (Mongoose, lean)', 30_000, () => Chat.findOne({ _id: chatId }).lean());
  await measure('transaction: findOneAndUpdate + create (Mongoose)', 8_000, send);
  await measure('50 messages after a seq (Mongoose, lean)', 4_000, () =>
    Message.find(recent).sort({ seq: 1 }).limit(50).lean(),
  );
}
await close();
folder.remove();
