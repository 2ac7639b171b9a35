import type { ChatNeeds, ChatRecord } from '../chat/index.ts';
import type { Timestamps } from '../../db/base-schema.ts';
import type { ChatMetricRecord } from './chat-metric.model.ts';

export type Measurement = Omit<ChatMetricRecord, '_id' | keyof Timestamps>;

/** Measures a chat by what is stored of it: whatever was missed meanwhile, the numbers are right. */
export async function measureChat({ messages }: ChatNeeds, chat: ChatRecord): Promise<Measurement> {
  const counts = await messages.aggregate<{ _id: string; count: number }>([
    { $match: { chatId: chat._id } },
    { $group: { _id: '$sender', count: { $sum: 1 } } },
  ]);
  const countOf = (sender: string) => counts.find(({ _id }) => _id === sender)?.count ?? 0;
  const assignedAt = chat.firstAssignedAt ?? chat.assignedAt;
  const firstResponseAt = chat.firstResponseAt ?? null;
  const waitedSince = chat.firstWaitSince ?? chat.createdAt;
  return {
    chatId: chat._id,
    rev: chat.lastRev,
    agentId: chat.assignedAgentId ?? chat.previousAgentId ?? null,
    departmentId: chat.departmentId,
    assignedAt,
    firstResponseAt,
    closedAt: chat.closedAt,
    messageCount: counts.reduce((sum, { count }) => sum + count, 0),
    customerMessageCount: countOf('customer'),
    agentMessageCount: countOf('agent'),
    waitTime: secondsBetween(waitedSince, assignedAt),
    firstResponseTime: secondsBetween(waitedSince, firstResponseAt),
    resolutionTime: secondsBetween(chat.createdAt, chat.closedAt),
    customerSatisfaction: chat.rating,
    reopenCount: chat.reopenCount ?? 0,
  };
}

function secondsBetween(start: Date, end: Date | null): number | null {
  return end && Math.max(0, Math.round((end.getTime() - start.getTime()) / 1000));
}
