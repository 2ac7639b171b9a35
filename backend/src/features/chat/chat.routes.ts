import type { chatEndpoints } from '@wzatco/sdk/contract';
import { asUser, asVisitor } from '../../lib/context.ts';
import type { Handlers } from '../../lib/mount.ts';
import { assignChat } from './assign-chat.ts';
import { loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { audienceOf, toChat } from './chat.dto.ts';
import { closeChat } from './close-chat.ts';
import { listChats } from './list-chats.ts';
import { markRead } from './mark-read.ts';
import { openChat } from './open-chat.ts';
import { rateChat } from './rate-chat.ts';
import { listMessages } from './read-chats.ts';
import { sendMessage } from './send-message.ts';

/** Chats over REST, under the same rules as over the socket. */
export function createChatHandlers(needs: ChatNeeds): Handlers<typeof chatEndpoints> {
  return {
    'GET /api/chats': (context, { query }) => listChats(needs, context, query),
    'POST /api/chats': (context, { body }) => openChat(needs, asVisitor(context), body),
    'GET /api/chats/:id': async (context, { params }) =>
      toChat(needs, await loadChat(needs, context.actor, params.id), audienceOf(context.actor)),
    'GET /api/chats/:id/messages': (context, { params, query }) =>
      listMessages(needs, context, params.id, query),
    'POST /api/chats/:id/messages': (context, { params, body }) =>
      sendMessage(needs, context, { chatId: params.id, ...body }),
    'POST /api/chats/:id/assign': (context, { params, body }) =>
      assignChat(needs, asUser(context), { chatId: params.id, agentId: body.agentId }),
    'POST /api/chats/:id/close': (context, { params }) => closeChat(needs, context, params.id),
    'POST /api/chats/:id/read': (context, { params, body }) =>
      markRead(needs, context, { chatId: params.id, seq: body.seq }),
    'POST /api/chats/:id/rating': (context, { params, body }) =>
      rateChat(needs, context, { chatId: params.id, ...body }),
  };
}
