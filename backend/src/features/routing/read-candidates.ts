import { trusted, type ClientSession } from 'mongoose';
import type { UserRecord } from '../users/index.ts';
import { serves, type Candidate } from './choose-agent.ts';
import type { RoutingNeeds } from './routing-needs.ts';

/** Agents who are online and serve one of some departments, with what they have to do. */
export async function readCandidates(
  needs: RoutingNeeds,
  departmentIds: readonly (string | null)[],
): Promise<Candidate[]> {
  const available = (await needs.presence.available()).map(toCandidate);
  const serving = available.filter((agent) => departmentIds.some((id) => serves(agent, id)));
  return Promise.all(serving.map(async (agent) => ({ ...agent, load: await readLoad(needs, agent.id) })));
}

/** Active chats and open offers of an agent. */
export async function readLoad(
  { chat: { chats } }: RoutingNeeds,
  agentId: string,
  session: ClientSession | null = null,
): Promise<number> {
  const active = await chats.countDocuments({ assignedAgentId: agentId, status: 'active' }).session(session);
  const offered = await chats
    .countDocuments({ 'offer.agentId': trusted({ $eq: agentId, $type: 'objectId' }), status: 'waiting' })
    .session(session);
  return active + offered;
}

function toCandidate(user: UserRecord): Candidate {
  return {
    id: String(user._id),
    name: user.name,
    departmentId: user.departmentId && String(user.departmentId),
    load: 0,
    limit: user.maxConcurrentChats,
    lastOfferedAt: user.lastOfferedAt?.getTime() ?? 0,
  };
}
