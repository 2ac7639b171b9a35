import type { chatClientEvents } from '@wzatco/sdk/contract';
import { asUser, asVisitor } from '../../lib/context.ts';
import type { EventHandlers } from '../../lib/on-event.ts';
import { rooms } from '../../lib/rooms.ts';
import type { PresenceService } from '../presence/index.ts';
import { assignChat } from './assign-chat.ts';
import { loadChat } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import { readSnapshot } from './chat-snapshot.ts';
import { closeChat } from './close-chat.ts';
import { markRead } from './mark-read.ts';
import { openChat } from './open-chat.ts';
import { rateChat } from './rate-chat.ts';
import { sendMessage } from './send-message.ts';
import { syncInbox } from './sync-inbox.ts';
import type { Typing } from './typing.ts';
import { welcome } from './welcome.ts';

/** Chats over the socket: parse (done), call, reply. */
export function createChatEvents(
  needs: ChatNeeds,
  typing: Typing,
  presence: PresenceService,
): EventHandlers<typeof chatClientEvents> {
  return {
    join_chat: async (context, payload) => {
      const snapshot = await openChat(needs, asVisitor(context), payload);
      const { chatId, status, messages, lastSeq, lastRev } = snapshot;
      const { queuePosition, estimatedWait, availability } = snapshot;
      context.socket.emit('chat_joined', {
        chatId,
        status,
        message: welcome(status, messages),
        messages,
        lastSeq,
        lastRev,
        ...(queuePosition === undefined ? {} : { queuePosition }),
        ...(estimatedWait === undefined ? {} : { estimatedWait }),
        ...(availability === undefined ? {} : { availability }),
      });
      return snapshot;
    },

    send_message: (context, payload) => sendMessage(needs, context, payload),

    agent_message: (context, payload) => sendMessage(needs, context, payload),

    typing: (context, payload) => typing.set(context, payload),

    mark_read: (context, payload) => markRead(needs, context, payload),

    sync_chat: async (context, payload) =>
      readSnapshot(needs, await loadChat(needs, context.actor, payload.chatId), {
        seq: payload.afterSeq,
        rev: payload.afterRev,
      }),

    leave_chat: (context, payload) => closeChat(needs, context, payload.chatId),

    rate_chat: (context, payload) => rateChat(needs, context, payload),

    watch_chat: async (context, payload) => {
      await loadChat(needs, context.actor, payload.chatId);
      // The room first, then the reading: what is stored in between arrives by the one or the other.
      await context.socket.join(rooms.chatAgents(payload.chatId));
      try {
        return await readSnapshot(needs, await loadChat(needs, context.actor, payload.chatId), {
          seq: payload.afterSeq ?? 0,
          rev: payload.afterRev,
        });
      } catch (error) {
        // The chat may have gone out of sight in between; those who lost it were sent out before this one came in.
        await context.socket.leave(rooms.chatAgents(payload.chatId));
        throw error;
      }
    },

    unwatch_chat: async (context, payload) => {
      // Also where the chat can no longer be seen: nothing is told about it.
      await context.socket.leave(rooms.chatAgents(payload.chatId));
      return {};
    },

    sync_inbox: ({ actor }, { since }) => syncInbox(needs, actor, since),

    assign_chat: (context, payload) => assignChat(needs, asUser(context), payload),

    close_chat: (context, payload) => closeChat(needs, context, payload.chatId),

    agent_status: async (context, payload) => {
      const { actor } = asUser(context);
      await presence.choose(actor.id, payload.status);
      return { agentId: actor.id, status: payload.status };
    },
  };
}
