import type { chatServerEvents } from '@wzatco/sdk/contract';
import type { Logger } from '../../lib/log.ts';
import type { Emit, LiveServer } from '../../lib/on-event.ts';
import { rooms, watchedChat } from '../../lib/rooms.ts';

/**
 * Tells those who watch a chat who they are, whenever one comes or goes: by opening it, leaving it, disconnecting, or
 * losing the right to see it. Returns the stop.
 */
export function startChatViewers(
  io: LiveServer,
  emit: Emit<typeof chatServerEvents>,
  log: Logger,
): () => void {
  async function tell(chatId: string): Promise<void> {
    const room = rooms.chatAgents(chatId);
    const agents = new Map<string, { id: string; name: string; avatar: string | null }>();
    for (const { data } of await io.in(room).fetchSockets()) {
      if (data.actor.kind !== 'user') continue;
      const { id, name, avatar } = data.actor;
      agents.set(id, { id, name, avatar });
    }
    if (agents.size > 0) emit([room], 'chat_viewers', { chatId, agents: [...agents.values()] });
  }

  const onRoom = (room: string) => {
    const chatId = watchedChat(room);
    if (chatId) tell(chatId).catch((error: unknown) => log.error({ err: error }, 'viewers were not told'));
  };
  const { adapter } = io.of('/');
  // Whatever moves somebody into a room or out of it comes by here.
  adapter.on('join-room', onRoom);
  adapter.on('leave-room', onRoom);
  return () => {
    adapter.off('join-room', onRoom);
    adapter.off('leave-room', onRoom);
  };
}
