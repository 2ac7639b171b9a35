import { effect, type ReadonlySignal } from '@preact/signals';
import type { AgentClient, ConnectionState } from '@wzatco/sdk';
import type { AlertsModel } from './alerts-model.ts';
import type { ChatIndex } from './chat-index.ts';
import type { InboxModel } from './inbox-model.ts';
import { isOnScreen } from './on-screen.ts';

interface InboxLiveInput {
  client: AgentClient;
  index: ChatIndex;
  inbox: InboxModel;
  alerts: AlertsModel;
  connection: ReadonlySignal<ConnectionState>;
  me: ReadonlySignal<string>;
  /** The chat that is open on the screen, which needs no toast. */
  openChat: ReadonlySignal<string | null>;
}

/**
 * Keeps the rows of the inbox in step with the server's events, and reads everything again when the connection
 * comes back, since what happened meanwhile was told to nobody. Returns what stops it.
 */
export function keepInboxLive({
  client,
  index,
  inbox,
  alerts,
  connection,
  me,
  openChat,
}: InboxLiveInput): () => void {
  const isOpen = (chatId: string) => isOnScreen(openChat, chatId);
  const stops = [
    client.on('new_chat', ({ chatId, customerName, message }) => {
      index.refresh(chatId);
      if (!isOpen(chatId))
        alerts.tell({ tone: 'neutral', title: `${customerName} is waiting`, detail: message, chatId });
    }),
    client.on('chat_assigned', ({ chatId, agentId, agentName, status }) => {
      index.patch(chatId, (chat) => ({
        ...chat,
        status,
        agent: { id: agentId, name: agentName, avatar: null },
      }));
      index.refresh(chatId);
    }),
    client.on('chat_assigned_to_you', ({ chatId, customerName, firstMessage }) => {
      index.refresh(chatId);
      if (!isOpen(chatId)) {
        alerts.tell({ tone: 'neutral', title: `${customerName} is yours now`, detail: firstMessage, chatId });
      }
    }),
    client.on('chat_closed', ({ chatId, closedAt, closedBy, status }) => {
      const known = index.chats.peek().get(chatId);
      if (closedBy !== 'agent' && known?.status === 'active' && known.agent?.id === me.peek()) {
        const title =
          closedBy === 'customer' ? `${known.customer.name} has ended the chat` : 'A chat has ended';
        if (isOpen(chatId)) alerts.say(title);
        else alerts.tell({ tone: 'neutral', title, chatId });
      }
      index.patch(chatId, (chat) => ({ ...chat, status, closedAt, closedBy }));
      index.refresh(chatId);
    }),
    client.on('chat_updated', ({ chatId, lastRev }) => {
      const known = index.chats.peek().get(chatId);
      if (!known || known.lastRev < lastRev) index.refresh(chatId);
    }),
    client.on('new_message', (message) => {
      const { chatId, seq, rev, content, sender, timestamp } = message;
      index.patch(chatId, (chat) =>
        chat.lastSeq >= seq
          ? chat
          : {
              ...chat,
              lastSeq: seq,
              lastRev: Math.max(chat.lastRev, rev),
              lastMessage: { content, sender, timestamp },
            },
      );
      if (!index.chats.peek().has(chatId)) index.refresh(chatId);
    }),
    client.on('messages_read', ({ chatId, readBy, seq }) => {
      index.patch(chatId, (chat) => ({
        ...chat,
        read: { ...chat.read, [readBy]: Math.max(chat.read[readBy], seq) },
      }));
    }),
    client.on('chat_message_notification', ({ chatId, customerName, message }) => {
      index.refresh(chatId);
      if (!isOpen(chatId)) alerts.tell({ tone: 'neutral', title: customerName, detail: message, chatId });
    }),
    followConnection(connection, me, inbox),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function followConnection(
  connection: ReadonlySignal<ConnectionState>,
  me: ReadonlySignal<string>,
  inbox: InboxModel,
): () => void {
  let reader = '';
  let wasOnline = false;
  return effect(() => {
    const online = connection.value === 'online';
    const changed = me.value !== reader;
    if (me.value === '') {
      if (changed) inbox.clear();
    } else if (changed || (online && !wasOnline)) {
      inbox.reload();
    }
    reader = me.value;
    wasOnline = online;
  });
}
