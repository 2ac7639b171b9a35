import type { EndpointReply, userEndpoints } from '@wzatco/sdk/contract';
import { notFound } from '../../lib/app-error.ts';
import type { ChatModel } from '../chat/index.ts';
import type { UserModel } from '../users/index.ts';

type Workload = EndpointReply<(typeof userEndpoints)['GET /api/users/agents/:agentId/workload']>;

/**
 * What an agent has on their hands. There are no tickets yet, so none are open.
 *
 * @throws NOT_FOUND for somebody who is no agent.
 */
export async function readWorkload(users: UserModel, chats: ChatModel, agentId: string): Promise<Workload> {
  const agent = await users.findById(agentId).lean();
  if (!agent || agent.role === 'user') throw notFound('agent');
  const activeChats = await chats.countDocuments({ assignedAgentId: agentId, status: 'active' });
  const openTickets = 0;
  return { agentId, activeChats, openTickets, totalWorkload: activeChats + openTickets };
}
