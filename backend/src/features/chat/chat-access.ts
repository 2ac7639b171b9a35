import { trusted, type QueryFilter } from 'mongoose';
import { AppError, forbidden, notFound } from '../../lib/app-error.ts';
import { seesAllDepartments, type Actor } from '../../lib/context.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';

/** The chats that an actor may see at all: a customer's own; an agent's department's, those of none, and their own. */
export function visibleChats(actor: Actor): QueryFilter<ChatRecord> {
  if (actor.kind === 'visitor') return { customerId: actor.customerId };
  if (actor.kind === 'none' || actor.role === 'user') throw forbidden();
  if (seesAllDepartments(actor)) return {};
  const departments = actor.departmentId ? [actor.departmentId, null] : [null];
  return { $or: [{ departmentId: trusted({ $in: departments }) }, { assignedAgentId: actor.id }] };
}

/** @throws NOT_FOUND for a chat that does not exist or is not for this actor. */
export async function loadChat({ chats }: ChatNeeds, actor: Actor, chatId: string): Promise<ChatRecord> {
  const chat = await chats.findOne({ _id: chatId, ...visibleChats(actor) }).lean();
  if (!chat) throw notFound('chat');
  return chat;
}

/**
 * May this actor act in the chat, besides seeing it? Its customer, its assignee, and admins.
 *
 * @throws FORBIDDEN for an agent who has not claimed it.
 */
export function checkMember(actor: Actor, chat: ChatRecord): void {
  if (actor.kind === 'visitor') return;
  if (actor.kind === 'none') throw forbidden();
  if (actor.role === 'admin') return;
  if (String(chat.assignedAgentId) !== actor.id) {
    throw forbidden(
      chat.assignedAgentId ? 'Somebody else has this chat.' : 'Claim the chat first; then you can act in it.',
    );
  }
}

/**
 * May this actor write in the chat now?
 *
 * @throws FORBIDDEN as `checkMember`, and for staff while the chat waits; CHAT_CLOSED after its end.
 */
export function checkWriter(actor: Actor, chat: ChatRecord): void {
  checkMember(actor, chat);
  if (chat.status === 'closed') throw new AppError('CHAT_CLOSED', 'This chat has ended.');
  if (actor.kind === 'user' && chat.status === 'waiting') {
    throw forbidden('Claim the chat first; then you can answer.');
  }
}
