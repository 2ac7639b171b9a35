import type { Transfer } from '@wzatco/sdk/contract';
import { AppError } from '../../lib/app-error.ts';
import type { Context, UserActor } from '../../lib/context.ts';
import { claim, departmentOf, loadChat } from '../chat/index.ts';
import { endOffer } from './end-offer.ts';
import type { RoutingNeeds } from './routing-needs.ts';

/**
 * Takes the chat that is offered to the actor; again, it changes nothing.
 *
 * @throws NOT_FOUND, CHAT_CLOSED, CONFLICT where it is not offered to them any more.
 */
export async function acceptOffer(
  needs: RoutingNeeds,
  { actor }: Context<UserActor>,
  chatId: string,
): Promise<Transfer> {
  const chat = await loadChat(needs.chat, actor, chatId);
  const assignment = await claim(needs.chat, actor, chat, { 'offer.agentId': actor.id });
  return { ...assignment, department: await departmentOf(needs.chat, chat) };
}

/**
 * Leaves the chat that is offered to the actor to others. Where it is not offered to them any more, nothing is left to do.
 *
 * @throws NOT_FOUND.
 */
export async function declineOffer(
  needs: RoutingNeeds,
  { actor }: Context<UserActor>,
  chatId: string,
): Promise<Record<string, never>> {
  const chat = await loadChat(needs.chat, actor, chatId);
  if (chat.status === 'closed') throw new AppError('CHAT_CLOSED', 'This chat has ended.');
  if (String(chat.offer?.agentId) === actor.id) {
    await endOffer(needs, chat, { kind: 'declined', reason: `${actor.name} declined it.` });
  }
  return {};
}
