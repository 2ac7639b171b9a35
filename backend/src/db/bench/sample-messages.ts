import { Types } from 'mongoose';

/** A message as the application stores it; messages are the collection that grows for ever. */
export type SampleMessage = ReturnType<typeof sampleMessage>;

export const MESSAGES_PER_CHAT = 50;
const START = Date.UTC(2026, 0, 1);
const WORDS =
  'hello thanks order the when could please parcel address still waiting refund today sorry account'.split(
    ' ',
  );

/** The id of the n-th chat, the same in every run; ids grow with time, as real ones do. */
export function chatId(chat: number): Types.ObjectId {
  const seconds = Math.floor(START / 1000) + chat;
  return new Types.ObjectId(seconds.toString(16) + chat.toString(16).padStart(16, '0'));
}

/** One message of a chat: 80 to 200 characters of text, and every field that the model has. */
export function sampleMessage(chat: number, seq: number) {
  const at = new Date(START + chat * 1000 + seq * 20_000);
  const isCustomer = seq % 2 === 1;
  return {
    _id: new Types.ObjectId(),
    chatId: chatId(chat),
    seq,
    rev: seq,
    clientMessageId: isCustomer ? `${chat}-${seq}-${'x'.repeat(20)}` : null,
    sender: isCustomer ? ('customer' as const) : ('agent' as const),
    senderId: chatId(chat * 7 + (isCustomer ? 1 : 2)),
    senderName: isCustomer ? 'Grace Hopper' : 'Ada from support',
    content: text(chat + seq, 80 + ((chat * 31 + seq * 17) % 121)),
    attachments: [] as Types.ObjectId[],
    editedAt: null,
    deletedAt: null,
    createdAt: at,
    updatedAt: at,
  };
}

/** The n-th of the messages that fill a database, chat after chat. */
export function nthMessage(n: number): SampleMessage {
  return sampleMessage(Math.floor(n / MESSAGES_PER_CHAT), (n % MESSAGES_PER_CHAT) + 1);
}

/** Whole numbers below `limit` in an order that looks like chance and is the same in every run. */
export function scattered(n: number, limit: number): number {
  return Math.floor((((n + 1) * 0.618_033_988_749_895) % 1) * limit);
}

function text(from: number, length: number): string {
  let written = '';
  for (let at = from; written.length < length; at++) written += `${WORDS[at % WORDS.length]} `;
  return written.slice(0, length);
}
