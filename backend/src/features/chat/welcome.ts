import type { Message } from '@wzatco/sdk/contract';
import type { ChatStatus } from '@wzatco/sdk/contract/constants';

const WELCOME: Record<ChatStatus, string> = {
  waiting: 'Thank you. Somebody will be with you soon.',
  active: 'You are in the chat.',
  closed: 'This chat has ended.',
};

/** What `chat_joined` says to people. Who waits and was told last why, such as that nobody is there, is told that again. */
export function welcome(status: ChatStatus, messages: readonly Message[]): string {
  const last = messages.at(-1);
  return status === 'waiting' && last?.sender === 'system' ? last.content : WELCOME[status];
}
