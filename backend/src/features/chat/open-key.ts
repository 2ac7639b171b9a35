import type { VisitorActor } from '../../lib/context.ts';
import type { ChatNeeds } from './chat-needs.ts';

/** The unique key of a customer's open chat; null at a site that allows several. */
export async function openKeyOf(
  { chatRules }: ChatNeeds,
  { siteId, customerId }: Pick<VisitorActor, 'siteId' | 'customerId'>,
): Promise<string | null> {
  const { allowSeveralChats } = await chatRules.of(siteId);
  return allowSeveralChats ? null : `${siteId}:${customerId}`;
}
