import type { Chat, Message, messageServerEvents, ServerPayload } from '@wzatco/sdk/contract';
import { toAttachment } from '../attachments/index.ts';
import { isStaff, type Actor } from '../../lib/context.ts';
import type { ChatAgent } from './agent-cards.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import type { MessageRecord } from './message.model.ts';

type MessageUpdated = (typeof messageServerEvents)['message_updated'];

export function toMessage(record: MessageRecord): Message {
  return {
    chatId: String(record.chatId),
    id: String(record._id),
    seq: record.seq,
    rev: record.rev,
    sender: record.sender,
    senderId: record.senderId && String(record.senderId),
    senderName: record.senderName,
    content: record.content,
    attachments: record.deletedAt ? [] : record.attachments.map(toAttachment),
    ...(record.clientMessageId === null ? {} : { clientMessageId: record.clientMessageId }),
    timestamp: record.createdAt.toISOString(),
    ...(record.editedAt ? { editedAt: record.editedAt.toISOString() } : {}),
    ...(record.deletedAt ? { deletedAt: record.deletedAt.toISOString() } : {}),
  };
}

/** What changed of a message, as those hear it who have it already. */
export function toMessageUpdate(record: MessageRecord): ServerPayload<MessageUpdated> {
  const { chatId, id, seq, rev, content, editedAt, deletedAt } = toMessage(record);
  return {
    chatId,
    id,
    seq,
    rev,
    content,
    ...(editedAt === undefined ? {} : { editedAt }),
    ...(deletedAt === undefined ? {} : { deletedAt }),
  };
}

/** The assigned agents of some chats, by id. */
export function agentsOf(
  { agentCards }: ChatNeeds,
  chats: readonly ChatRecord[],
): Promise<Map<string, ChatAgent>> {
  return agentCards.of(chats.flatMap((chat) => (chat.assignedAgentId ? [String(chat.assignedAgentId)] : [])));
}

/** How staff sorts its work is no customer's business. */
export type Audience = 'staff' | 'customer';

export function audienceOf(actor: Actor): Audience {
  return isStaff(actor) ? 'staff' : 'customer';
}

export async function toChats(
  needs: ChatNeeds,
  records: readonly ChatRecord[],
  audience: Audience,
): Promise<Chat[]> {
  const agents = await agentsOf(needs, records);
  return Promise.all(
    records.map(async (record) => ({
      id: String(record._id),
      status: record.status,
      department: await departmentOf(needs, record),
      priority: audience === 'staff' ? record.priority : 'normal',
      tags: audience === 'staff' ? record.tags : [],
      customer: { id: String(record.customerId), name: record.customerName, email: record.customerEmail },
      agent: agents.get(String(record.assignedAgentId)) ?? null,
      lastSeq: record.lastSeq,
      lastRev: record.lastRev,
      read: { customer: record.readByCustomer, agent: record.readByAgent },
      lastMessage: { ...record.lastMessage, timestamp: record.lastMessage.timestamp.toISOString() },
      rating: toRating(record),
      page: record.page,
      createdAt: record.createdAt.toISOString(),
      queuedAt: record.queuedAt.toISOString(),
      assignedAt: record.assignedAt?.toISOString() ?? null,
      closedAt: record.closedAt?.toISOString() ?? null,
      closedBy: record.closedBy,
    })),
  );
}

export async function toChat(needs: ChatNeeds, record: ChatRecord, audience: Audience): Promise<Chat> {
  const [chat] = await toChats(needs, [record], audience);
  if (!chat) throw new Error('toChats answers as many as it gets');
  return chat;
}

export function toRating(record: ChatRecord): Chat['rating'] {
  return record.rating === null ? null : { rating: record.rating, comment: record.ratingComment };
}

export function departmentOf({ departments }: ChatNeeds, record: ChatRecord): Promise<string | null> {
  return departments.nameOf(record.departmentId && String(record.departmentId));
}
