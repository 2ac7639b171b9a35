import type { EndpointReply, chatEndpoints } from '@wzatco/sdk/contract';
import type { QueryFilter } from 'mongoose';
import { AppError, forbidden } from '../../lib/app-error.ts';
import type { DomainEvents } from '../../lib/bus.ts';
import type { Context, UserActor } from '../../lib/context.ts';
import { activityTime } from './activity-time.ts';
import { loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import type { ChatAgent } from './agent-cards.ts';
import { agentsOf } from './chat.dto.ts';
import './chat-events.ts';

type Assignment = EndpointReply<(typeof chatEndpoints)['POST /api/chats/:id/assign']>;

/**
 * Claims a waiting chat: of two agents who claim it at once, one gets it. An admin who names an agent, themselves too,
 * gives that agent any open chat; to the one who has it already that changes nothing.
 *
 * @throws CONFLICT when somebody else has it, CHAT_CLOSED, FORBIDDEN for an agent who names another.
 */
export async function assignChat(
  needs: ChatNeeds,
  context: Context<UserActor>,
  input: { chatId: string; agentId?: string | undefined },
): Promise<Assignment> {
  const { actor } = context;
  const chat = await loadChat(needs, actor, input.chatId);
  if (input.agentId === undefined || actor.role !== 'admin') {
    if (input.agentId !== undefined && input.agentId !== actor.id)
      throw forbidden('Only an admin may assign a chat to somebody else.');
    return claim(needs, actor, chat);
  }
  const agent = input.agentId === actor.id ? actor : await assignableAgent(needs, input.agentId);
  return give(needs, actor, chat, agent);
}

/**
 * Claims a waiting chat for the actor.
 *
 * @param onlyIf what has to be so besides, e.g. that it is offered to them
 * @throws CONFLICT when it is not to be had, CHAT_CLOSED.
 */
export async function claim(
  needs: ChatNeeds,
  actor: UserActor,
  chat: ChatRecord,
  onlyIf: QueryFilter<ChatRecord> = {},
): Promise<Assignment> {
  const taken = chat.status === 'waiting' ? await take(needs, chat, actor, actor, onlyIf) : null;
  return taken ?? explainRefusal(needs, actor, String(chat._id));
}

async function give(
  needs: ChatNeeds,
  actor: UserActor,
  chat: ChatRecord,
  agent: ChatAgent,
): Promise<Assignment> {
  if (chat.status === 'closed') throw new AppError('CHAT_CLOSED', 'This chat has ended.');
  if (String(chat.assignedAgentId) === agent.id) return toAssignment(chat, agent);
  const taken = await take(needs, chat, agent, actor);
  // Somebody else was faster: given from them, or too late.
  return taken ?? give(needs, actor, await loadChat(needs, actor, String(chat._id)), agent);
}

/** Only from the state that was seen: whoever changed it in between was first, and null says so. */
async function take(
  needs: ChatNeeds,
  seen: ChatRecord,
  { id, name, avatar }: ChatAgent,
  by: UserActor,
  onlyIf: QueryFilter<ChatRecord> = {},
): Promise<Assignment | null> {
  const { connection, chats, now } = needs;
  const { _id, status, assignedAgentId } = seen;
  const at = now();
  const event = await connection.transaction(async (session) => {
    const chat = await chats
      .findOneAndUpdate(
        { ...onlyIf, _id, status, assignedAgentId },
        {
          $set: { ...assigned(seen, id, at), lastActivityAt: activityTime(at) },
          $min: { firstAssignedAt: at },
          $inc: { lastRev: 1 },
        },
        { returnDocument: 'after', session },
      )
      .lean();
    if (!chat) return null;
    const taken: DomainEvents['chat.assigned'] = {
      chat,
      agent: { id, name, avatar },
      wasWaiting: status === 'waiting',
      previousAgentId: assignedAgentId && String(assignedAgentId),
      by: { id: by.id, name: by.name },
      how: id === by.id ? 'claimed' : 'given',
    };
    await needs.recordAssignment(taken, session);
    return taken;
  });
  if (!event) return null;
  needs.bus.publish('chat.assigned', event);
  return toAssignment(event.chat, event.agent);
}

/** What a chat becomes that an agent gets. */
export function assigned(seen: ChatRecord, agentId: string, at: Date) {
  return {
    status: 'active' as const,
    assignedAgentId: agentId,
    assignedAt: at,
    ...(seen.status === 'waiting' ? { waitEndedAt: at } : {}),
  };
}

/** The claim found nothing to take: it is the claimer's already, or somebody else's, or over. */
async function explainRefusal(needs: ChatNeeds, actor: UserActor, chatId: string): Promise<Assignment> {
  const chat = await loadChat(needs, actor, chatId);
  if (chat.status === 'closed') throw new AppError('CHAT_CLOSED', 'This chat has ended.');
  if (String(chat.assignedAgentId) === actor.id) return toAssignment(chat, actor);
  if (chat.status === 'waiting') throw new AppError('CONFLICT', 'This chat is no longer offered to you.');
  const owner = (await agentsOf(needs, [chat])).get(String(chat.assignedAgentId));
  throw new AppError('CONFLICT', `${owner?.name ?? 'Somebody else'} has taken this chat already.`, {
    agentId: owner?.id ?? null,
    agentName: owner?.name ?? null,
  });
}

async function assignableAgent({ users }: ChatNeeds, agentId: string): Promise<ChatAgent> {
  const record = await users.findById(agentId).lean();
  if (!record || record.status !== 'active' || record.role === 'user') {
    throw new AppError('VALIDATION_FAILED', 'agentId: is not an active agent');
  }
  return { id: String(record._id), name: record.name, avatar: record.avatar };
}

function toAssignment(chat: ChatRecord, agent: { id: string; name: string }): Assignment {
  return { chatId: String(chat._id), agentId: agent.id, agentName: agent.name, status: chat.status };
}
