import type { ChatState } from '../../../client/index.ts';
import type { SupportState } from '../../support.ts';

const HOUR = 60 * 60 * 1000;

/**
 * Does a message of the customer reopen the chat that has ended? The server decides: by this device's clock it does, and
 * the last message was not refused for that; Retry on that one is the way then.
 */
export function canContinue({ chatState, config }: SupportState, now = Date.now()): boolean {
  if (!config || chatState?.status !== 'closed' || chatState.closedAt === null) return false;
  if (refusedEnd(chatState)) return false;
  return now - Date.parse(chatState.closedAt) < config.reopenWithinHours * HOUR;
}

/** Why the server did not take the last message into a chat that has ended, in words; undefined where it was not asked. */
export function refusedEnd({ messages }: ChatState): string | undefined {
  const error = messages.at(-1)?.error;
  return error?.code === 'CHAT_CLOSED' ? error.message : undefined;
}
