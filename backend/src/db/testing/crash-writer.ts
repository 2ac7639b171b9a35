/**
 * Writes without end into the database in the folder that it is given, and says on its output what
 * was acknowledged. The durability test kills it in the middle.
 */
import { connectDatabase } from '../connect.ts';
import type { AnyCollection } from './fixtures.ts';

const [dataDir = ''] = process.argv.slice(2);
const { connection } = await connectDatabase({ dataDir });
const singles = connection.collection('singles') as unknown as AnyCollection;
const chats = connection.collection('chats') as unknown as AnyCollection;
const messages = connection.collection('messages') as unknown as AnyCollection;
await messages.createIndex({ seq: 1 }, { unique: true });
await chats.updateOne({ _id: 1 }, { $setOnInsert: { last: 0 } }, { upsert: true });

// Whoever started this is gone: nobody listens any more.
process.stdout.on('error', () => process.exit(1));

let next = Number(await singles.countDocuments()) * 1000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function insertForEver(): Promise<never> {
  for (;;) {
    const id = next++;
    await singles.insertOne({ _id: id, text: 'x'.repeat(200) });
    say(`single ${id}`);
  }
}

async function sendForEver(): Promise<never> {
  for (;;) {
    const seq = await connection.transaction(async (session) => {
      const options = { session, returnDocument: 'after' };
      const chat = await chats.findOneAndUpdate({ _id: 1 }, { $inc: { last: 1 } }, options);
      await messages.insertOne({ seq: chat?.['last'] }, { session });
      return chat?.['last'];
    });
    say(`message ${String(seq)}`);
  }
}

say('ready');
await Promise.all([...Array.from({ length: 8 }, insertForEver), ...Array.from({ length: 8 }, sendForEver)]);
