import type { Chat, ChatSnapshot } from '../contract/chats.ts';
import type { ServerEventPayload } from './server-events.ts';
import type { ChatState } from './chat-state.ts';

/** What is known of a chat besides its messages. */
export interface ChatFacts extends Pick<
  ChatState,
  | 'status'
  | 'department'
  | 'agent'
  | 'read'
  | 'queuePosition'
  | 'estimatedWait'
  | 'rating'
  | 'closedAt'
  | 'closedBy'
> {
  /** As of this `rev` of the chat. */
  rev: number;
}

export const NO_FACTS: ChatFacts = {
  rev: 0,
  status: 'waiting',
  department: null,
  agent: null,
  read: { customer: 0, agent: 0 },
  queuePosition: null,
  estimatedWait: null,
  rating: null,
  closedAt: null,
  closedBy: null,
};

type Told = Pick<
  Chat | ChatSnapshot,
  'status' | 'department' | 'agent' | 'read' | 'rating' | 'closedAt' | 'closedBy' | 'lastRev'
> & {
  queuePosition?: number | undefined;
  estimatedWait?: number | null | undefined;
};

/** As an answer of the server says. Answers may cross events: an older one only brings read positions on. */
export function withTold(facts: ChatFacts, told: Told): ChatFacts {
  const read = furthest(facts.read, told.read);
  if (told.lastRev < facts.rev) return { ...facts, read };
  return {
    rev: told.lastRev,
    status: told.status,
    department: told.department,
    agent: told.agent,
    read,
    queuePosition: told.status === 'waiting' ? (told.queuePosition ?? facts.queuePosition) : null,
    estimatedWait: told.status === 'waiting' ? waitIn(told, facts) : null,
    rating: told.rating ?? facts.rating,
    closedAt: told.closedAt,
    closedBy: told.closedBy,
  };
}

/** A snapshot without one says that it is not known any more; a chat's description never has one. */
function waitIn(told: Told, { estimatedWait }: ChatFacts): number | null {
  return 'queuePosition' in told ? (told.estimatedWait ?? null) : estimatedWait;
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
    estimatedWait: null,
  };
}

export function withEnd(facts: ChatFacts, end: ServerEventPayload<'chat_closed'>): ChatFacts {
  if (end.rev < facts.rev) return facts;
  const { rev, status, closedAt, closedBy } = end;
  return { ...facts, rev, status, closedAt, closedBy, queuePosition: null, estimatedWait: null };
}

/** An ended chat waits again. */
export function withReopening(facts: ChatFacts, joined: ServerEventPayload<'chat_joined'>): ChatFacts {
  if (facts.status !== 'closed' || joined.status !== 'waiting' || joined.lastRev < facts.rev) return facts;
  const queuePosition = joined.queuePosition ?? null;
  const estimatedWait = joined.estimatedWait ?? null;
  const waits = { status: 'waiting' as const, agent: null, queuePosition, estimatedWait };
  return { ...facts, ...waits, closedAt: null, closedBy: null, rev: joined.lastRev };
}

export function withQueue(facts: ChatFacts, update: ServerEventPayload<'queue_update'>): ChatFacts {
  if (facts.status !== 'waiting') return facts;
  return { ...facts, queuePosition: update.position, estimatedWait: update.estimatedWait ?? null };
}

function furthest(a: ChatState['read'], b: ChatState['read']): ChatState['read'] {
  return { customer: Math.max(a.customer, b.customer), agent: Math.max(a.agent, b.agent) };
}
