import type { Migration } from './migration.ts';
import { inBatches } from './in-batches.ts';

/**
 * A chat tells when an agent first answered, by which waiting is measured. Before, only its messages knew. A chat that
 * nobody has answered has no such field.
 */
export const addFirstResponse: Migration = {
  version: 2,
  title: 'when an agent first answered each chat',
  async up(connection) {
    const chats = connection.collection('chats');
    const answers = connection
      .collection('messages')
      .find({ sender: 'agent' })
      .sort({ chatId: 1, seq: 1 })
      .project<{ chatId: unknown; createdAt: Date }>({ chatId: 1, createdAt: 1 });
    for await (const batch of inBatches(firstOfEach(answers))) {
      await chats.bulkWrite(
        batch.map(({ chatId, createdAt }) => ({
          // The least of both: of a message that is answered meanwhile the first one counts.
          updateOne: { filter: { _id: chatId as never }, update: { $min: { firstResponseAt: createdAt } } },
        })),
        { ordered: false },
      );
    }
  },
};

async function* firstOfEach<Answer extends { chatId: unknown }>(answers: AsyncIterable<Answer>) {
  let last: string | undefined;
  for await (const answer of answers) {
    if (String(answer.chatId) === last) continue;
    last = String(answer.chatId);
    yield answer;
  }
}
