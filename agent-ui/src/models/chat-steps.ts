import type { Chat } from '@wzatco/sdk';

/** A moment in the life of a chat. */
export interface ChatStep {
  at: string;
  text: string;
}

/** What happened to a chat, first things first. */
export function chatSteps(chat: Chat): ChatStep[] {
  const steps: ChatStep[] = [{ at: chat.createdAt, text: `${chat.customer.name} started the chat` }];
  if (chat.assignedAt !== null)
    steps.push({ at: chat.assignedAt, text: `${chat.agent?.name ?? 'An agent'} took it` });
  if (chat.closedAt !== null) {
    const by = { customer: chat.customer.name, agent: chat.agent?.name ?? 'An agent', system: 'The system' };
    steps.push({ at: chat.closedAt, text: `${by[chat.closedBy ?? 'system']} closed it` });
  }
  return steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
