import { TIMES } from '@wzatco/sdk/contract/constants';
import { trusted } from 'mongoose';
import type { ChatRecord } from '../chat/index.ts';
import type { RoutingDecisionRecord } from './routing-decision.model.ts';
import type { RoutingNeeds } from './routing-needs.ts';

/** So many of a chat's last decisions tell who let it pass and who had it. */
const LOOKED_AT = 50;
/** So many of a customer's chats before are looked at for who had the last one. */
const CHATS_BEFORE = 5;

const GOT_IT = new Set<RoutingDecisionRecord['kind']>(['accepted', 'claimed', 'assigned']);

/** What has been so far of a waiting chat. */
export interface ChatHistory {
  /** Who let it pass, or handed it on, a moment ago. */
  refusedBy: Set<string>;
  /** When the first of them may be asked again; null where there is none. */
  askAgainAt: Date | null;
  /** Who had this customer before; null for nobody, and where the chat was transferred since. */
  previousAgentId: string | null;
}

export async function readHistory(needs: RoutingNeeds, chat: ChatRecord): Promise<ChatHistory> {
  const decisions = await needs.decisions
    .find({ chatId: chat._id })
    .sort({ at: -1, _id: -1 })
    .limit(LOOKED_AT)
    .lean();
  const since = needs.chat.now().getTime() - TIMES.offerAgain;
  const refusals = decisions.filter(({ at }) => at.getTime() > since).flatMap(refusalOf);
  const oldest = refusals.at(-1);
  return {
    refusedBy: new Set(refusals.map(({ agentId }) => agentId)),
    askAgainAt: oldest ? new Date(oldest.at.getTime() + TIMES.offerAgain) : null,
    previousAgentId: await previousAgentOf(needs, chat, decisions),
  };
}

function refusalOf({ kind, agent, byId, at }: RoutingDecisionRecord): { agentId: string; at: Date }[] {
  const who = kind === 'declined' || kind === 'expired' ? agent?.id : kind === 'transferred' ? byId : null;
  return who ? [{ agentId: String(who), at }] : [];
}

async function previousAgentOf(
  { chat: { chats } }: RoutingNeeds,
  chat: ChatRecord,
  decisions: RoutingDecisionRecord[],
): Promise<string | null> {
  const last = decisions.find(({ kind }) => kind === 'transferred' || GOT_IT.has(kind));
  if (last) return last.kind === 'transferred' || !last.agent ? null : String(last.agent.id);
  const before = await chats
    .find({ customerId: chat.customerId, _id: trusted({ $ne: chat._id }) })
    .sort({ lastActivityAt: -1, _id: -1 })
    .limit(CHATS_BEFORE)
    .lean();
  const had = before.find(({ assignedAgentId }) => assignedAgentId !== null);
  return had ? String(had.assignedAgentId) : null;
}
