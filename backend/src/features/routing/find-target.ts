import { AppError } from '../../lib/app-error.ts';
import type { UserActor } from '../../lib/context.ts';
import { departmentOf, type ChatRecord } from '../chat/index.ts';
import type { RoutingNeeds } from './routing-needs.ts';

/** To whom a chat goes: an agent, or nobody yet in a department. */
export interface Target {
  agent: { id: string; name: string; avatar: string | null } | null;
  /** By name and by id; the chat's own where it goes to an agent. */
  department: string | null;
  departmentId: string | null;
}

/**
 * @throws VALIDATION_FAILED for what is not one target, or may not see the chat; CONFLICT for an agent who is offline.
 * An admin may insist on both.
 */
export async function findTarget(
  needs: RoutingNeeds,
  actor: UserActor,
  chat: ChatRecord,
  { agentId, department }: { agentId?: string | undefined; department?: string | undefined },
): Promise<Target> {
  if ((agentId === undefined) === (department === undefined)) {
    throw new AppError('VALIDATION_FAILED', 'agentId: name an agent or a department, one of the two');
  }
  if (agentId !== undefined) return agentTarget(needs, actor, chat, agentId);
  const departmentId = await needs.chat.departments.idOf(department);
  return { agent: null, departmentId, department: await needs.chat.departments.nameOf(departmentId) };
}

async function agentTarget(
  needs: RoutingNeeds,
  actor: UserActor,
  chat: ChatRecord,
  agentId: string,
): Promise<Target> {
  const user = await needs.chat.users.findById(agentId).lean();
  if (!user || user.status !== 'active' || user.role === 'user') {
    throw new AppError('VALIDATION_FAILED', 'agentId: is not an active agent');
  }
  if (String(chat.assignedAgentId) === agentId) {
    throw new AppError('VALIDATION_FAILED', `agentId: ${user.name} has this chat already`);
  }
  const department = await departmentOf(needs.chat, chat);
  const sees =
    user.role === 'admin' ||
    user.permissions.includes('departments:all') ||
    !chat.departmentId ||
    String(user.departmentId) === String(chat.departmentId);
  if (!sees && actor.role !== 'admin') {
    throw new AppError(
      'VALIDATION_FAILED',
      `agentId: ${user.name} does not see the chats of ${department}; transfer it to their department`,
    );
  }
  if (actor.role !== 'admin' && needs.presence.statusOf(agentId) === 'offline') {
    throw new AppError(
      'CONFLICT',
      `${user.name} is offline. Transfer it to somebody who is here, or to a department.`,
    );
  }
  return {
    agent: { id: agentId, name: user.name, avatar: user.avatar },
    department,
    departmentId: chat.departmentId && String(chat.departmentId),
  };
}
