import type { ChatSnapshot, Message } from '@wzatco/sdk/contract';
import { LIMITS } from '@wzatco/sdk/contract/constants';
import { trusted } from 'mongoose';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import { agentsOf, departmentOf, toMessage, toRating } from './chat.dto.ts';
import { estimateWait, queuePosition } from './chat-queue.ts';
import type { MessageRecord } from './message.model.ts';

/**
 * A chat's state with the messages that the asker has not.
 *
 * @param after `seq` and `rev` that the asker has; without `rev` nothing older is asked for.
 */
export async function readSnapshot(
  needs: ChatNeeds,
  chat: ChatRecord,
  after: { seq: number; rev: number | undefined },
): Promise<ChatSnapshot> {
  const isWaiting = chat.status === 'waiting';
  const [messages, changed, agents, department, position, wait] = await Promise.all([
    messagesAfter(needs, chat, after.seq),
    changedAfter(needs, chat, after),
    agentsOf(needs, [chat]),
    departmentOf(needs, chat),
    isWaiting ? queuePosition(needs, chat) : undefined,
    isWaiting ? estimateWait(needs, chat) : null,
  ]);
  // A message may have come between the two reads: `lastSeq` never lags behind what is in the answer.
  const lastSeq = Math.max(chat.lastSeq, messages.at(-1)?.seq ?? 0);
  return {
    chatId: String(chat._id),
    status: chat.status,
    department,
    agent: agents.get(String(chat.assignedAgentId)) ?? null,
    read: { customer: chat.readByCustomer, agent: chat.readByAgent },
    rating: toRating(chat),
    closedAt: chat.closedAt?.toISOString() ?? null,
    closedBy: chat.closedBy,
    ...(position === undefined ? {} : { queuePosition: position }),
    ...(wait === null ? {} : { estimatedWait: wait }),
    messages,
    lastSeq,
    // Of the chat as it was read, before its messages: a change that came in between may be missing here.
    lastRev: chat.lastRev,
    changed: changed.page,
    changedUpTo: changed.isWhole ? chat.lastRev : (changed.page.at(-1)?.rev ?? chat.lastRev),
    hasMore: (messages.at(-1)?.seq ?? after.seq) < lastSeq || !changed.isWhole,
  };
}

async function messagesAfter({ messages }: ChatNeeds, chat: ChatRecord, seq: number): Promise<Message[]> {
  if (seq >= chat.lastSeq) return [];
  const records = await messages
    .find({ chatId: chat._id, seq: trusted({ $gt: seq }) })
    .sort({ seq: 1 })
    .limit(LIMITS.syncMessages)
    .lean();
  return cutToBytes(records);
}

async function changedAfter(
  { messages }: ChatNeeds,
  chat: ChatRecord,
  after: { seq: number; rev: number | undefined },
): Promise<{ page: Message[]; isWhole: boolean }> {
  if (after.rev === undefined || after.rev >= chat.lastRev) return { page: [], isWhole: true };
  const records = await messages
    .find({ chatId: chat._id, changedRev: trusted({ $gt: after.rev }), seq: trusted({ $lte: after.seq }) })
    .sort({ changedRev: 1 })
    .limit(LIMITS.syncMessages + 1)
    .lean();
  const page = cutToBytes(records.slice(0, LIMITS.syncMessages));
  return { page, isWhole: page.length === records.length };
}

/** No more than 256 KB of JSON, unless one alone is larger. */
function cutToBytes(records: readonly MessageRecord[]): Message[] {
  const page: Message[] = [];
  let bytes = 0;
  for (const message of records.map(toMessage)) {
    bytes += Buffer.byteLength(JSON.stringify(message));
    if (bytes > LIMITS.syncBytes && page.length > 0) break;
    page.push(message);
  }
  return page;
}
