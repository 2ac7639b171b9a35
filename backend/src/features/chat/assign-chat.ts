import type { EndpointReply, chatEndpoints } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import { AppError, forbidden } from '../../lib/app-error.ts';
import type { Context, UserActor } from '../../lib/context.ts';
import { loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import { agentsOf, type ChatAgent } from './chat.dto.ts';
import './chat-events.ts';

type Assignment = EndpointReply<(typeof chatEndpoints)['POST /api/chats/:id/assign']>;

/**
 * Claims a waiting chat: of two agents who claim it at once, one gets it. An admin may give any open chat to any
 * agent by naming them.
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
  const forAnother = input.agentId !== undefined && input.agentId !== actor.id;
  if (forAnother && actor.role !== 'admin')
    throw forbidden('Only an admin may assign a chat to somebody else.');
  const agent = forAnother ? await assignableAgent(needs, input.agentId) : actor;
  const assigned = forAnother ? await give(needs, chat, agent.id) : await claim(needs, chat, agent.id);
  if (!assigned) return explainRefusal(needs, actor, input.chatId);
  if (chat.status === 'active' && String(chat.assignedAgentId) === agent.id)
    return toAssignment(assigned, agent);
  const { id, name, avatar } = agent;
  needs.bus.publish('chat.assigned', {
    chat: assigned,
    agent: { id, name, avatar },
    wasWaiting: chat.status === 'waiting',
  });
  return toAssignment(assigned, agent);
}

function claim(needs: ChatNeeds, chat: ChatRecord, agentId: string): Promise<ChatRecord | null> {
  return take(needs, { _id: chat._id, status: 'waiting' }, agentId);
}

function give(needs: ChatNeeds, chat: ChatRecord, agentId: string): Promise<ChatRecord | null> {
  return take(needs, { _id: chat._id, status: trusted({ $ne: 'closed' }) }, agentId);
}

function take({ chats, now }: ChatNeeds, filter: object, agentId: string): Promise<ChatRecord | null> {
  const at = now();
  const change = { status: 'active' as const, assignedAgentId: agentId, assignedAt: at, lastActivityAt: at };
  return chats
    .findOneAndUpdate(filter, { $set: change, $inc: { lastRev: 1 } }, { returnDocument: 'after' })
    .lean()
    .exec();
}

/** The claim found nothing to take: it is the claimer's already, or somebody else's, or over. */
async function explainRefusal(needs: ChatNeeds, actor: UserActor, chatId: string): Promise<Assignment> {
  const chat = await loadChat(needs, actor, chatId);
  if (chat.status === 'closed') throw new AppError('CHAT_CLOSED', 'This chat has ended.');
  if (String(chat.assignedAgentId) === actor.id) return toAssignment(chat, actor);
  const owner = (await agentsOf(needs, [chat])).get(String(chat.assignedAgentId));
  throw new AppError('CONFLICT', `${owner?.name ?? 'Somebody else'} has taken this chat already.`, {
    agentId: owner?.id ?? null,
    agentName: owner?.name ?? null,
  });
}

async function assignableAgent({ users }: ChatNeeds, agentId: string | undefined): Promise<ChatAgent> {
  const record = agentId ? await users.findById(agentId).lean() : null;
  if (!record || record.status !== 'active' || record.role === 'user') {
    throw new AppError('VALIDATION_FAILED', 'agentId: is not an active agent');
  }
  return { id: String(record._id), name: record.name, avatar: record.avatar };
}

function toAssignment(chat: ChatRecord, agent: { id: string; name: string }): Assignment {
  return { chatId: String(chat._id), agentId: agent.id, agentName: agent.name, status: chat.status };
}
