import type { RoutingDecisionKind } from '@wzatco/sdk/contract/constants';
import type { ClientSession, Types } from 'mongoose';
import type { RoutingNeeds } from './routing-needs.ts';

/** What keeping a decision takes. */
export type DecisionNeeds = Pick<RoutingNeeds, 'decisions'> & { chat: Pick<RoutingNeeds['chat'], 'now'> };

interface Decision {
  chatId: Types.ObjectId;
  kind: RoutingDecisionKind;
  agent?: { id: string; name: string } | null;
  byId?: string | null;
  reason: string;
}

/** Keeps what was decided and why, within the transaction that does it where there is one. */
export async function recordDecision(
  { decisions, chat }: DecisionNeeds,
  decision: Decision,
  session: ClientSession | null = null,
): Promise<void> {
  await decisions.create([{ ...decision, at: chat.now() }], { session });
}
