import type { chatServerEvents, messageServerEvents } from '@wzatco/sdk/contract';
import type { Actor } from '../../lib/context.ts';
import type { Emit } from '../../lib/on-event.ts';
import { departmentRooms, rooms } from '../../lib/rooms.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatViewers } from './chat-viewers.ts';
import { estimateWait, queuePosition } from './chat-queue.ts';
import type { ChatRecord } from './chat.model.ts';
import { departmentOf, toChat, toMessage, toMessageUpdate } from './chat.dto.ts';
import { toChatEnd } from './close-chat.ts';
import type { DropWatchers } from './drop-watchers.ts';
import type { MessageRecord } from './message.model.ts';
import { preview } from './preview.ts';
import { createTellQueue } from './tell-queue.ts';
import type { TellTyping } from './typing.ts';
import { welcome } from './welcome.ts';
import './chat-events.ts';

type ChatEmit = Emit<typeof chatServerEvents & typeof messageServerEvents>;

const customerSide = (chat: ChatRecord) => rooms.customer(String(chat.customerId));
const assignee = (chat: ChatRecord) =>
  chat.assignedAgentId ? [rooms.user(String(chat.assignedAgentId))] : [];
const watchers = (chat: ChatRecord) => rooms.chatAgents(String(chat._id));

/** Those whose lists show the chat: its department's agents, and its assignee wherever they are. */
const listeners = (chat: ChatRecord) => [
  ...departmentRooms(chat.departmentId && String(chat.departmentId)),
  ...assignee(chat),
];

/**
 * Tells people, by SPEC §7's table of who hears what, after it is committed. Returns the unsubscribe.
 */
export function broadcastChats(
  needs: ChatNeeds,
  emit: ChatEmit,
  dropWatchers: DropWatchers,
  isWatching: ChatViewers['isWatching'],
): () => void {
  const { bus } = needs;
  const updated = async (chat: ChatRecord, to = listeners(chat)) => {
    const { lastSeq, lastRev } = chat;
    emit(to, 'chat_updated', {
      chatId: String(chat._id),
      lastSeq,
      lastRev,
      chat: await toChat(needs, chat, 'staff'),
    });
  };

  const newMessage = (chat: ChatRecord, message: MessageRecord) => {
    emit([customerSide(chat), watchers(chat), ...assignee(chat)], 'new_message', toMessage(message));
    const chatId = String(chat._id);
    const agentId = chat.assignedAgentId && String(chat.assignedAgentId);
    const isTheirs = String(message.senderId) === agentId;
    if (!agentId || isTheirs || message.sender === 'system' || isWatching(chatId, agentId)) return;
    const notice = { chatId, customerName: chat.customerName, message: wordsOf(message) };
    emit(assignee(chat), 'chat_message_notification', notice);
  };

  /** What the customer said last; behind it may stand what they were told. */
  const lastSaid = async ({ _id, lastMessage }: ChatRecord): Promise<string> => {
    const said = await needs.messages.findOne({ chatId: _id, sender: 'customer' }).sort({ seq: -1 }).lean();
    return said ? wordsOf(said) : lastMessage.content;
  };

  /** Those who wait behind a chat that has left the queue, or was handed into it before them, are told their new place. */
  const queueMoved = createTellQueue(needs, emit);

  const subscriptions = [
    bus.subscribe('chat.opened', async ({ chat, message }) => {
      emit(listeners(chat), 'new_chat', { ...(await introduction(needs, chat)), message: wordsOf(message) });
      newMessage(chat, message);
      await updated(chat);
    }),
    bus.subscribe('message.stored', async ({ chat, message }) => {
      newMessage(chat, message);
      await updated(chat);
    }),
    // Whoever saw it as its agent only does so no longer.
    bus.subscribe('chat.reopened', ({ chat }) => dropWatchers.of(chat)),
    bus.subscribe('chat.reopened', async ({ chat, message, notice }) => {
      const said = notice ? [message, notice] : [message];
      const hadIt = chat.previousAgentId ? [rooms.user(String(chat.previousAgentId))] : [];
      emit(listeners(chat), 'new_chat', { ...(await introduction(needs, chat)), message: wordsOf(message) });
      for (const one of said) newMessage(chat, one);
      const messages = said.map(toMessage);
      // Nobody else moves: it waits behind them.
      const [position, wait] = await Promise.all([queuePosition(needs, chat), estimateWait(needs, chat)]);
      emit([customerSide(chat)], 'chat_joined', {
        chatId: String(chat._id),
        status: chat.status,
        message: welcome(chat.status, messages),
        messages,
        lastSeq: chat.lastSeq,
        lastRev: chat.lastRev,
        queuePosition: position,
        ...(wait === null ? {} : { estimatedWait: wait }),
      });
      await updated(chat, [...listeners(chat), ...hadIt]);
    }),
    bus.subscribe('message.changed', async ({ chat, message }) => {
      emit(
        [customerSide(chat), watchers(chat), ...assignee(chat)],
        'message_updated',
        toMessageUpdate(message),
      );
      await updated(chat);
    }),
    bus.subscribe('chat.assigned', ({ chat }) => dropWatchers.of(chat)),
    bus.subscribe('chat.assigned', async ({ chat, agent, wasWaiting, previousAgentId }) => {
      const chatId = String(chat._id);
      const told = [...listeners(chat), ...(previousAgentId ? [rooms.user(previousAgentId)] : [])];
      emit(told, 'chat_assigned', {
        chatId,
        agentId: agent.id,
        agentName: agent.name,
        status: chat.status,
      });
      emit([customerSide(chat)], 'agent_joined', {
        chatId,
        agentId: agent.id,
        agentName: agent.name,
        ...(agent.avatar ? { avatar: agent.avatar } : {}),
        message: `${agent.name} has joined the chat.`,
      });
      const first = await needs.messages.findOne({ chatId: chat._id, seq: 1 }).lean();
      const firstMessage = first ? wordsOf(first) : '';
      emit(assignee(chat), 'chat_assigned_to_you', { ...(await introduction(needs, chat)), firstMessage });
      await updated(chat, told);
      if (wasWaiting) await queueMoved(chat.departmentId);
    }),
    bus.subscribe('chat.returned', ({ chat }) => dropWatchers.of(chat)),
    bus.subscribe('chat.returned', async (event) => {
      const { chat, wasWaiting, previousAgentId, previousDepartmentId } = event;
      emit(listeners(chat), 'new_chat', {
        ...(await introduction(needs, chat)),
        message: await lastSaid(chat),
      });
      // Those who had it, or whose list showed it, see it go.
      const before = departmentRooms(previousDepartmentId && String(previousDepartmentId));
      const had = previousAgentId ? [rooms.user(previousAgentId)] : [];
      await updated(chat, [...listeners(chat), ...before, ...had]);
      await queueMoved(chat.departmentId);
      if (wasWaiting) await queueMoved(previousDepartmentId);
    }),
    bus.subscribe('chat.read', async ({ chat, readBy, seq }) => {
      const payload = { chatId: String(chat._id), readBy, seq, timestamp: needs.now().toISOString() };
      emit([customerSide(chat), watchers(chat), ...assignee(chat)], 'messages_read', payload);
      await updated(chat);
    }),
    bus.subscribe('chat.rated', ({ chat }) => updated(chat)),
    bus.subscribe('chat.triaged', ({ chat }) => updated(chat)),
    bus.subscribe('chat.closed', async ({ chat, wasWaiting }) => {
      emit([customerSide(chat), ...listeners(chat)], 'chat_closed', toChatEnd(chat));
      await updated(chat);
      if (wasWaiting) await queueMoved(chat.departmentId);
    }),
  ];
  return () => subscriptions.forEach((unsubscribe) => unsubscribe());
}

/** What a notice shows of a message without words. */
export function wordsOf({ content, sender, createdAt, attachments }: MessageRecord): string {
  return content || preview(content, sender, createdAt, attachments).content;
}

async function introduction(needs: ChatNeeds, chat: ChatRecord) {
  return {
    chatId: String(chat._id),
    customerName: chat.customerName,
    customerEmail: chat.customerEmail,
    department: await departmentOf(needs, chat),
    timestamp: chat.createdAt.toISOString(),
  };
}

/** Tells the other side, and the other agents, that somebody writes; never the writer. */
export function tellTypingBy(emit: ChatEmit): TellTyping {
  return (chat: ChatRecord, actor: Actor, payload) => {
    const to =
      actor.kind === 'visitor'
        ? [watchers(chat), ...assignee(chat)]
        : [customerSide(chat), watchers(chat), ...assignee(chat)];
    emit(to, 'user_typing', payload, actor.kind === 'user' ? [rooms.user(actor.id)] : []);
  };
}
