import type { chatServerEvents } from '@wzatco/sdk/contract';
import type { Emit, LiveServer } from '../../lib/on-event.ts';
import type { Peers } from '../../lib/peers.ts';
import { rooms, socketsOf, watchedChat } from '../../lib/rooms.ts';

interface Viewer {
  id: string;
  name: string;
  avatar: string | null;
}

declare module '../../lib/peers.ts' {
  interface PeerWords {
    /** Who watches a chat over that process now. */
    'chat.viewers': { chatId: string; agents: Viewer[] };
  }
}

/**
 * Tells those who watch a chat who they are, whenever one comes or goes: by opening it, leaving it, disconnecting, or
 * losing the right to see it. Every process tells its own, and the other processes. Returns the stop.
 *
 * @param emitHere To the connections of this process.
 */
export function startChatViewers(
  io: LiveServer,
  emitHere: Emit<typeof chatServerEvents>,
  peers: Peers,
): () => void {
  /** By process, then by chat. */
  const elsewhere = new Map<string, Map<string, Viewer[]>>();

  function viewersHere(chatId: string): Viewer[] {
    const agents = new Map<string, Viewer>();
    for (const { data } of socketsOf(io, rooms.chatAgents(chatId))) {
      if (data.actor.kind !== 'user') continue;
      const { id, name, avatar } = data.actor;
      agents.set(id, { id, name, avatar });
    }
    return [...agents.values()];
  }

  function tellHere(chatId: string, here = viewersHere(chatId)): void {
    if (here.length === 0) return;
    const others = [...elsewhere.values()].flatMap((chats) => chats.get(chatId) ?? []);
    const agents = [...new Map([...here, ...others].map((viewer) => [viewer.id, viewer])).values()];
    emitHere([rooms.chatAgents(chatId)], 'chat_viewers', { chatId, agents });
  }

  const onRoom = (room: string) => {
    const chatId = watchedChat(room);
    if (!chatId) return;
    const agents = viewersHere(chatId);
    tellHere(chatId, agents);
    peers.tell('chat.viewers', { chatId, agents });
  };
  const { adapter } = io.of('/');
  // Whatever moves somebody into a room or out of it comes by here.
  adapter.on('join-room', onRoom);
  adapter.on('leave-room', onRoom);

  const subscriptions = [
    peers.hear('chat.viewers', ({ chatId, agents }, from) => {
      const theirs = elsewhere.get(from) ?? new Map<string, Viewer[]>();
      elsewhere.set(from, theirs);
      if (agents.length > 0) theirs.set(chatId, agents);
      else theirs.delete(chatId);
      tellHere(chatId);
    }),
    peers.onMeet(() => {
      for (const room of adapter.rooms.keys()) {
        const chatId = watchedChat(room);
        if (chatId) peers.tell('chat.viewers', { chatId, agents: viewersHere(chatId) });
      }
    }),
    peers.onGone((from) => {
      const chatIds = [...(elsewhere.get(from)?.keys() ?? [])];
      elsewhere.delete(from);
      for (const chatId of chatIds) tellHere(chatId);
    }),
  ];
  return () => {
    adapter.off('join-room', onRoom);
    adapter.off('leave-room', onRoom);
    for (const unsubscribe of subscriptions) unsubscribe();
  };
}
