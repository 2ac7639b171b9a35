import type { messageEndpoints } from '@wzatco/sdk/contract';
import type { Handlers } from '../../lib/mount.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { readMessageHistory } from './message-history.ts';

/** Changing messages over REST, under the same rules as over the socket. */
export function createMessageHandlers(needs: ChatNeeds): Handlers<typeof messageEndpoints> {
  return {
    'PATCH /api/chats/:id/messages/:messageId': (context, { params, body }) =>
      editMessage(needs, context, { chatId: params.id, messageId: params.messageId, ...body }),
    'DELETE /api/chats/:id/messages/:messageId': (context, { params }) =>
      deleteMessage(needs, context, { chatId: params.id, messageId: params.messageId }),
    'GET /api/chats/:id/messages/:messageId/history': (context, input) =>
      readMessageHistory(needs, context, input),
  };
}
