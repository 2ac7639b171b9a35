import type { messageClientEvents } from '@wzatco/sdk/contract';
import type { EventHandlers } from '../../lib/on-event.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';

/** Changing messages over the socket. */
export function createMessageEvents(needs: ChatNeeds): EventHandlers<typeof messageClientEvents> {
  return {
    edit_message: (context, { chatId, id, message }) =>
      editMessage(needs, context, { chatId, messageId: id, message }),
    delete_message: (context, { chatId, id }) => deleteMessage(needs, context, { chatId, messageId: id }),
  };
}
