import type { Chat, ChatSnapshot } from '../contract/chats.ts';
import type { ServerEventPayload } from './server-events.ts';
import type { ChatState } from './chat-state.ts';

/** What is known of a chat besides its messages. */
export type ChatFacts = Pick<
  ChatState,
  'status' | 'department' | 'agent' | 'read' | 'queuePosition' | 'rating' | 'closedBy'
>;

export const NO_FACTS: ChatFacts = {
  status: 'waiting',
  department: null,
  agent: null,
  read: { customer: 0, agent: 0 },
  queuePosition: null,
  rating: null,
  closedBy: null,
};

type Told = Pick<Chat | ChatSnapshot, 'status' | 'department' | 'agent' | 'read' | 'rating' | 'closedBy'> & {
  queuePosition?: number | undefined;
};

/** As an answer of the server says. An end is final, and a read position never goes back: answers may cross events. */
export function withTold(facts: ChatFacts, told: Told): ChatFacts {
  const ended = facts.status === 'closed' && told.status !== 'closed';
  return {
    status: ended ? 'closed' : told.status,
    department: told.department,
    agent: told.agent,
    read: furthest(facts.read, told.read),
    queuePosition: told.status === 'waiting' && !ended ? (told.queuePosition ?? facts.queuePosition) : null,
    rating: told.rating ?? facts.rating,
    closedBy: ended ? facts.closedBy : told.closedBy,
  };
}

/** `readBy` has read up to `seq`. */
export function withRead(facts: ChatFacts, readBy: 'customer' | 'agent', seq: number): ChatFacts {
  if (seq <= facts.read[readBy]) return facts;
  return { ...facts, read: { ...facts.read, [readBy]: seq } };
}

/** Somebody has taken the chat. */
export function withAgent(facts: ChatFacts, agent: { id: string; name: string; avatar?: string }): ChatFacts {
  const known = facts.agent?.id === agent.id ? facts.agent.avatar : null;
  return {
    ...facts,
    status: facts.status === 'closed' ? 'closed' : 'active',
    agent: { id: agent.id, name: agent.name, avatar: agent.avatar ?? known },
    queuePosition: null,
  };
}

export function withEnd(facts: ChatFacts, end: ServerEventPayload<'chat_closed'>): ChatFacts {
  return { ...facts, status: end.status, closedBy: end.closedBy, queuePosition: null };
}

export function withQueuePosition(facts: ChatFacts, position: number): ChatFacts {
  return facts.status === 'waiting' ? { ...facts, queuePosition: position } : facts;
}

function furthest(a: ChatState['read'], b: ChatState['read']): ChatState['read'] {
  return { customer: Math.max(a.customer, b.customer), agent: Math.max(a.agent, b.agent) };
}
