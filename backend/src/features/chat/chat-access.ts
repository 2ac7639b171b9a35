import type { QueryFilter } from 'mongoose';
import { AppError, forbidden, notFound } from '../../lib/app-error.ts';
import { seesAllDepartments, type Actor, type UserActor } from '../../lib/context.ts';
import type { UserRecord } from '../users/index.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatModel, ChatRecord } from './chat.model.ts';

/** One way in which an actor sees chats: those that have all of these. */
export type Branch = Partial<Record<'customerId' | 'departmentId' | 'assignedAgentId', string | null>>;

/** Whoever looks: an actor, or what is known of a user who is not here. */
type Looker =
  | Exclude<Actor, UserActor>
  | Pick<UserActor, 'kind' | 'id' | 'role' | 'departmentId' | 'permissions'>;

/** The chats that an actor may see at all: a customer's own; an agent's department's, those of none, and their own. */
export function visibleBranches(actor: Looker): Branch[] {
  if (actor.kind === 'visitor') return [{ customerId: actor.customerId }];
  if (actor.kind === 'none' || actor.role === 'user') throw forbidden();
  if (seesAllDepartments(actor)) return [{}];
  return [
    ...(actor.departmentId ? [{ departmentId: actor.departmentId }] : []),
    { departmentId: null },
    { assignedAgentId: actor.id },
  ];
}

/** The same as one filter. */
export function visibleChats(actor: Actor): QueryFilter<ChatRecord> {
  const [first = {}, ...others] = visibleBranches(actor);
  return others.length > 0 ? { $or: [first, ...others] } : first;
}

/** The same of a chat that is at hand. */
export function maySee(actor: Looker, chat: ChatRecord): boolean {
  return visibleBranches(actor).some((branch) =>
    (Object.keys(branch) as (keyof Branch)[]).every(
      (field) => (chat[field] && String(chat[field])) === branch[field],
    ),
  );
}

/** May this actor see the chat? */
export async function seesChat(chats: ChatModel, actor: Actor, chatId: string): Promise<boolean> {
  return (await chats.exists({ _id: chatId, ...visibleChats(actor) })) !== null;
}

/** Is this user one of the staff, and may see the chat? */
export function mayStaffSee(user: UserRecord, chat: ChatRecord): boolean {
  const { _id, role, status, departmentId, permissions } = user;
  if (status !== 'active' || role === 'user') return false;
  const looker = { kind: 'user' as const, id: String(_id), role, permissions };
  return maySee({ ...looker, departmentId: departmentId && String(departmentId) }, chat);
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
 * What an update's filter repeats of `checkMember`: between the check and the write the chat may have gone to
 * somebody else.
 */
export function stillMember(actor: Actor): { assignedAgentId?: string } {
  return actor.kind === 'user' && actor.role !== 'admin' ? { assignedAgentId: actor.id } : {};
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
