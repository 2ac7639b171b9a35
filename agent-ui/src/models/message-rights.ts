import type { ChatState } from '@wzatco/sdk';
import { TIMES } from '@wzatco/sdk/contract/constants';
import type { ChatStanding } from './chat-rights.ts';

type Message = ChatState['messages'][number];

/** Whether one may still edit or delete a message (SPEC §7): one's own, for 15 minutes, in a chat that one writes in. */
export function mayChange(message: Message, standing: ChatStanding, now: Date): boolean {
  const isThere = message.mine && message.id !== null && message.deletedAt === null;
  const age = now.getTime() - Date.parse(message.timestamp);
  return isThere && standing.may === 'write' && age < TIMES.messageChangeable;
}

/** Whether a message has said something else before: any of the staff who see it may look that up. */
export function hasHistory({ id, editedAt, deletedAt }: Message): boolean {
  return id !== null && (editedAt !== null || deletedAt !== null);
}
