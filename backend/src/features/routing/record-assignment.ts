import type { ClientSession } from 'mongoose';
import type { DomainEvents } from '../../lib/bus.ts';
import { recordDecision, type DecisionNeeds } from './record-decision.ts';

type Assigned = DomainEvents['chat.assigned'];

/** Was the chat offered to the agent who has got it? */
export function wasOffered({ chat, agent }: Pick<Assigned, 'chat' | 'agent'>): boolean {
  return String(chat.offer?.agentId) === agent.id;
}

/** Keeps who got a chat and why, within the transaction that gave it. A transfer keeps why by itself. */
export async function recordAssignment(
  needs: DecisionNeeds,
  assigned: Assigned,
  session: ClientSession,
): Promise<void> {
  const { chat, agent, by } = assigned;
  await recordDecision(needs, { chatId: chat._id, agent, byId: by.id, ...why(assigned) }, session);
}

function why(assigned: Assigned) {
  const { agent, by, how } = assigned;
  if (how === 'given') return { kind: 'assigned' as const, reason: `${by.name} gave it to ${agent.name}.` };
  return wasOffered(assigned)
    ? { kind: 'accepted' as const, reason: `${agent.name} accepted the offer.` }
    : { kind: 'claimed' as const, reason: `${agent.name} took it from the queue.` };
}
