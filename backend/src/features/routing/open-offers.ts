import type { RoutingDecision, routingServerEvents, ServerPayload } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import { departmentOf, wordsOf, type ChatRecord } from '../chat/index.ts';
import type { RoutingDecisionRecord } from './routing-decision.model.ts';
import type { RoutingNeeds } from './routing-needs.ts';

type ChatOffered = ServerPayload<(typeof routingServerEvents)['chat_offered']>;

/** The waiting chats that are offered to an agent: no more than they take at once. */
export async function openOffersOf(
  { chat: { chats } }: RoutingNeeds,
  agentId: string,
): Promise<ChatRecord[]> {
  return chats
    .find({ 'offer.agentId': trusted({ $eq: agentId, $type: 'objectId' }), status: 'waiting' })
    .limit(1000)
    .lean();
}

/** An offer as its agent is told of it; null where there is none. */
export async function toOffer({ chat: needs }: RoutingNeeds, chat: ChatRecord): Promise<ChatOffered | null> {
  if (!chat.offer) return null;
  const first = await needs.messages.findOne({ chatId: chat._id, seq: 1 }).lean();
  return {
    chatId: String(chat._id),
    customerName: chat.customerName,
    department: await departmentOf(needs, chat),
    message: first ? wordsOf(first) : '',
    expiresAt: chat.offer.expiresAt.toISOString(),
  };
}

export function toDecision({ _id, chatId, kind, agent, reason, at }: RoutingDecisionRecord): RoutingDecision {
  return {
    id: String(_id),
    chatId: String(chatId),
    kind,
    agent: agent && { id: String(agent.id), name: agent.name },
    reason,
    timestamp: at.toISOString(),
  };
}
