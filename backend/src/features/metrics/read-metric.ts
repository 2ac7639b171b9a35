import type { ChatMetric } from '@wzatco/sdk/contract';
import type { Context } from '../../lib/context.ts';
import { loadChat, type ChatNeeds } from '../chat/index.ts';
import { measureChat } from './measure-chat.ts';

/** A chat in numbers, as it is now. @throws NOT_FOUND. */
export async function readMetric(needs: ChatNeeds, context: Context, chatId: string): Promise<ChatMetric> {
  const chat = await loadChat(needs, context.actor, chatId);
  const { rev: _, chatId: __, agentId, departmentId, ...measured } = await measureChat(needs, chat);
  const { assignedAt, firstResponseAt, closedAt, ...numbers } = measured;
  return {
    chatId,
    agentId: agentId && String(agentId),
    department: await needs.departments.nameOf(departmentId && String(departmentId)),
    assignedAt: assignedAt?.toISOString() ?? null,
    firstResponseAt: firstResponseAt?.toISOString() ?? null,
    closedAt: closedAt?.toISOString() ?? null,
    ...numbers,
  };
}
