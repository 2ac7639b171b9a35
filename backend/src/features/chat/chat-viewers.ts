import type { chatServerEvents } from '@wzatco/sdk/contract';
import type { Logger } from '../../lib/log.ts';
import type { Emit, LiveServer } from '../../lib/on-event.ts';
import type { Peers } from '../../lib/peers.ts';
import { rooms, socketsOf, watchedChat } from '../../lib/rooms.ts';
import type { ChatNeeds } from './chat-needs.ts';
import './chat-events.ts';

interface Viewer {
  id: string;
  name: string;
  avatar: string | null;
}

declare module '../../lib/peers.ts' {
  interface PeerWords {
    /** Who watches a chat over that process now, and who has the chat. */
    'chat.viewers': { chatId: string; agents: Viewer[]; assigneeId: string | null };
  }
}

/** Who looks at a chat. */
export interface ChatViewers {
  /** Does this agent watch the chat, on any device? */
  isWatching(chatId: string, agentId: string): boolean;
  stop(): void;
}

/**
 * Tells those who watch a chat, and who has it, who the watchers are, whenever one comes or goes: by opening it, leaving
 * it, disconnecting, or losing the right to see it. Every process tells its own, and the other processes.
 *
 * @param emitHere To the connections of this process.
 */
export function startChatViewers(
  { chats, bus, peers }: Pick<ChatNeeds, 'chats' | 'bus'> & { peers: Peers },
  io: LiveServer,
  emitHere: Emit<typeof chatServerEvents>,
  log: Logger,
): ChatViewers {
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

  function viewersOf(chatId: string): Viewer[] {
    const others = [...elsewhere.values()].flatMap((theirs) => theirs.get(chatId) ?? []);
    return [...new Map([...viewersHere(chatId), ...others].map((viewer) => [viewer.id, viewer])).values()];
  }

  function tellHere(chatId: string, assigneeId: string | null): void {
    const to = [rooms.chatAgents(chatId), ...(assigneeId === null ? [] : [rooms.user(assigneeId)])];
    emitHere(to, 'chat_viewers', { chatId, agents: viewersOf(chatId) });
  }

  async function assigneeOf(chatId: string): Promise<string | null> {
    try {
      const chat = await chats.findById(chatId, { assignedAgentId: 1 }).lean();
      return chat?.assignedAgentId ? String(chat.assignedAgentId) : null;
    } catch (error) {
      log.error({ err: error, chatId }, 'who has a watched chat could not be read');
      return null;
    }
  }

  async function tell(chatId: string): Promise<void> {
    const assigneeId = await assigneeOf(chatId);
    tellHere(chatId, assigneeId);
    peers.tell('chat.viewers', { chatId, agents: viewersHere(chatId), assigneeId });
  }

  const onRoom = (room: string) => {
    const chatId = watchedChat(room);
    if (chatId) void tell(chatId);
  };
  const { adapter } = io.of('/');
  // Whatever moves somebody into a room or out of it comes by here.
  adapter.on('join-room', onRoom);
  adapter.on('leave-room', onRoom);

  /** Who gets a chat that others watch hears who they are. */
  const onOwner = async (chatId: string) => {
    if (viewersOf(chatId).length > 0) await tell(chatId);
  };
  const subscriptions = [
    bus.subscribe('chat.assigned', ({ chat }) => onOwner(String(chat._id))),
    peers.hear('chat.viewers', ({ chatId, agents, assigneeId }, from) => {
      const theirs = elsewhere.get(from) ?? new Map<string, Viewer[]>();
      elsewhere.set(from, theirs);
      if (agents.length > 0) theirs.set(chatId, agents);
      else theirs.delete(chatId);
      tellHere(chatId, assigneeId);
    }),
    peers.onMeet(() => {
      for (const room of adapter.rooms.keys()) onRoom(room);
    }),
    peers.onGone((from) => {
      const chatIds = [...(elsewhere.get(from)?.keys() ?? [])];
      elsewhere.delete(from);
      for (const chatId of chatIds) void tell(chatId);
    }),
  ];
  return {
    isWatching: (chatId, agentId) => viewersOf(chatId).some(({ id }) => id === agentId),
    stop() {
      adapter.off('join-room', onRoom);
      adapter.off('leave-room', onRoom);
      for (const unsubscribe of subscriptions) unsubscribe();
    },
  };
}
