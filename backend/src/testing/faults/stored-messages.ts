import { Snapshot } from '../../db/sqlite/index.ts';
import type { Entry } from './history.ts';

/** All messages of a database file, whether or not a server has it, by chat and number. */
export function* storedMessages(file: string): Generator<Entry> {
  using snapshot = new Snapshot(file);
  for (const message of snapshot.byIndex('messages', 'chatId_1_seq_1')) {
    yield {
      chatId: String(message['chatId']),
      clientMessageId: String(message['clientMessageId']),
      seq: Number(message['seq']),
      content: String(message['content']),
    };
  }
}
