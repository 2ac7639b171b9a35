import type { MessageModel } from '../../features/chat/message.model.ts';
import type { AnyCollection } from '../testing/fixtures.ts';
import { chatId, MESSAGES_PER_CHAT, nthMessage, sampleMessage, scattered } from './sample-messages.ts';
import type { SampleMessage } from './sample-messages.ts';
import { inFlight } from './take-turns.ts';
import type { Side } from './take-turns.ts';

/** What a chat does all day. */
export const OPERATIONS = ['findOne', 'page of 50 newest', 'insertOne', 'findOneAndUpdate'] as const;
export type Operation = (typeof OPERATIONS)[number];

type Calls = {
  readonly findOne: (filter: Fields) => Promise<unknown>;
  readonly page: (filter: Fields) => Promise<unknown>;
  readonly insertOne: (message: SampleMessage) => Promise<unknown>;
  readonly findOneAndUpdate: (filter: Fields, update: Fields) => Promise<unknown>;
};
type Fields = Record<string, unknown>;
export type RemoveAdded = (ids: readonly unknown[]) => void | Promise<void>;

/** New messages have numbers above all that are there; they are deleted after each batch. */
const FIRST_NEW = 100_000;

/** The four operations through Mongoose, each on some chat or other of all that there are. */
export function throughMongoose(
  model: MessageModel,
  documents: number,
  removeAdded: RemoveAdded,
  isLean: boolean,
): Record<Operation, Side> {
  const after = { returnDocument: 'after', lean: isLean } as const;
  const calls: Calls = {
    findOne: (filter) => model.findOne(filter, null, { lean: isLean }).exec(),
    page: (filter) => model.find(filter, null, { lean: isLean }).sort({ seq: -1 }).limit(50).exec(),
    insertOne: (message) => model.create(message),
    findOneAndUpdate: (filter, update) => model.findOneAndUpdate(filter, update, after).exec(),
  };
  return sides(calls, documents, removeAdded);
}

/** The same four on the driver's collection. */
export function throughDriver(
  collection: AnyCollection,
  documents: number,
  removeAdded: RemoveAdded,
): Record<Operation, Side> {
  const calls: Calls = {
    findOne: (filter) => collection.findOne(filter),
    page: (filter) => collection.find(filter, { sort: { seq: -1 }, limit: 50 }).toArray(),
    insertOne: (message) => collection.insertOne(message),
    findOneAndUpdate: (filter, update) =>
      collection.findOneAndUpdate(filter, update, { returnDocument: 'after' }),
  };
  return sides(calls, documents, removeAdded);
}

/** Which stored message the n-th operation is about. */
export function target(n: number, documents: number): { chat: number; seq: number } {
  const at = scattered(n, documents);
  return { chat: Math.floor(at / MESSAGES_PER_CHAT), seq: (at % MESSAGES_PER_CHAT) + 1 };
}

/** The n-th message that is inserted. */
export function added(n: number, documents: number): SampleMessage {
  return sampleMessage(target(n, documents).chat, FIRST_NEW + n);
}

/** What the n-th edit of a message changes. */
export function edit(n: number): { content: string; editedAt: Date; rev: number; changedRev: number } {
  const rev = FIRST_NEW + n;
  return { content: nthMessage(n).content, editedAt: new Date(), rev, changedRev: rev };
}

function sides(calls: Calls, documents: number, removeAdded: RemoveAdded): Record<Operation, Side> {
  const filter = (n: number): Fields => {
    const { chat, seq } = target(n, documents);
    return { chatId: chatId(chat), seq };
  };
  const ids: unknown[] = [];
  return {
    findOne: { run: inFlight((n) => calls.findOne(filter(n))) },
    'page of 50 newest': { run: inFlight((n) => calls.page({ chatId: chatId(target(n, documents).chat) })) },
    insertOne: {
      run: inFlight((n) => {
        const message = added(n, documents);
        ids.push(message._id);
        return calls.insertOne(message);
      }),
      after: () => removeAdded(ids.splice(0)),
    },
    findOneAndUpdate: { run: inFlight((n) => calls.findOneAndUpdate(filter(n), { $set: edit(n) })) },
  };
}
