import type { chatTriageEndpoints } from '@wzatco/sdk/contract';
import type { Handlers } from '../../lib/mount.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { triageChat } from './triage-chat.ts';

/** Priority and tags of chats. */
export function createChatTriageHandlers(needs: ChatNeeds): Handlers<typeof chatTriageEndpoints> {
  return {
    'PATCH /api/chats/:id': (context, { params, body }) =>
      triageChat(needs, context, { chatId: params.id, ...body }),
    'PUT /api/chats/:id/tags': (context, { params, body }) =>
      triageChat(needs, context, { chatId: params.id, ...body }),
  };
}
