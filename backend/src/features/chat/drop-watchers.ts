import type { LiveServer } from '../../lib/on-event.ts';
import type { Peers } from '../../lib/peers.ts';
import { rooms, socketsOf, watchedChat } from '../../lib/rooms.ts';
import { maySee } from './chat-access.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';

declare module '../../lib/peers.ts' {
  interface PeerWords {
    /** Others may see the chat than before. */
    'chat.handed': { chatId: string };
  }
}

/** Sends those out of a chat's room of watchers who may not see it any more. */
export interface DropWatchers {
  /** On every process. */
  of(chat: ChatRecord): void;
  /** Of all chats, on this process: a word may have been missed. */
  ofAll(): Promise<void>;
  stop(): void;
}

/** @example const dropWatchers = createDropWatchers(io, needs, peers); dropWatchers.of(chat); */
export function createDropWatchers(
  io: LiveServer,
  { chats }: Pick<ChatNeeds, 'chats'>,
  peers: Peers,
): DropWatchers {
  const dropHere = (chat: ChatRecord): void => {
    const room = rooms.chatAgents(String(chat._id));
    for (const socket of socketsOf(io, room)) if (!maySee(socket.data.actor, chat)) socket.leave(room);
  };
  const stop = peers.hear('chat.handed', async ({ chatId }) => {
    if (socketsOf(io, rooms.chatAgents(chatId)).length === 0) return;
    const chat = await chats.findById(chatId).lean();
    if (chat) dropHere(chat);
  });
  return {
    of(chat) {
      dropHere(chat);
      peers.tell('chat.handed', { chatId: String(chat._id) });
    },
    async ofAll() {
      const watched = [...io.sockets.adapter.rooms.keys()].flatMap((room) => watchedChat(room) ?? []);
      for (const chatId of watched) {
        const chat = await chats.findById(chatId).lean();
        if (chat) dropHere(chat);
      }
    },
    stop,
  };
}
