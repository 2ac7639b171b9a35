import type { RoutingPolicy } from '@wzatco/sdk/contract/constants';

/** An agent who is online. */
export interface Candidate {
  id: string;
  name: string;
  departmentId: string | null;
  /** Active chats and open offers, and how many of both they take. */
  load: number;
  limit: number;
  /** When a chat was offered to them last; 0: never. */
  lastOfferedAt: number;
}

export interface Question {
  policy: RoutingPolicy;
  /** The chat's; null: any agent may have it. */
  departmentId: string | null;
  /** Who had this customer before, where the site gives them back; null for nobody. */
  previousAgentId: string | null;
  /** Who does not want this chat: declined, missed or handed it on a moment ago. */
  refusedBy: ReadonlySet<string>;
  candidates: readonly Candidate[];
}

/** Whom the chat is offered to, or nobody for now; and why, in words. */
export interface Choice {
  agent: Candidate | null;
  reason: string;
}

/**
 * Decides whom a waiting chat is offered to; pure, so that the rule can be read and tested alone.
 *
 * @example chooseAgent({ policy: 'round_robin', departmentId: null, previousAgentId: null, refusedBy: new Set(), candidates })
 */
export function chooseAgent(question: Question): Choice {
  const { policy, departmentId, previousAgentId, refusedBy, candidates } = question;
  if (policy === 'manual') return nobody('The chats of this site are claimed by hand.');
  const serving = candidates.filter((agent) => serves(agent, departmentId));
  if (serving.length === 0) return nobody('Nobody who may have it is online.');
  const willing = serving.filter(({ id }) => !refusedBy.has(id));
  if (willing.length === 0) return nobody('Everybody who is online has let it pass a moment ago.');
  const free = willing.filter(hasRoom);
  if (free.length === 0) return nobody('Everybody who is online has as many chats as they take.');
  const previous = free.find(({ id }) => id === previousAgentId);
  if (previous) return { agent: previous, reason: `${previous.name} had this customer before.` };
  const [first] = free.toSorted(policy === 'least_busy' ? byLoad : byTurn);
  if (!first) return nobody('Nobody is free.');
  const reason =
    policy === 'least_busy'
      ? `${first.name} has the fewest chats (${first.load}).`
      : `It is the turn of ${first.name}.`;
  return { agent: first, reason };
}

/** May this agent have chats of a department? */
export function serves({ departmentId }: Candidate, wanted: string | null): boolean {
  return wanted === null || departmentId === wanted;
}

export function hasRoom({ load, limit }: Candidate): boolean {
  return load < limit;
}

/** Longest without an offer first; of those who never had one, by id, so that each process decides alike. */
function byTurn(a: Candidate, b: Candidate): number {
  return a.lastOfferedAt - b.lastOfferedAt || (a.id < b.id ? -1 : 1);
}

function byLoad(a: Candidate, b: Candidate): number {
  return a.load - b.load || byTurn(a, b);
}

function nobody(reason: string): Choice {
  return { agent: null, reason };
}
