import type { chatServerEvents, ServerPayload } from '@wzatco/sdk/contract';
import { TIMES } from '@wzatco/sdk/contract/constants';
import { trusted } from 'mongoose';
import type { Logger } from '../../lib/log.ts';
import type { LiveServer, LiveSocket } from '../../lib/on-event.ts';
import { watchedChat } from '../../lib/rooms.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';

type Heartbeat = ServerPayload<(typeof chatServerEvents)['heartbeat']>;

/** Connections that are answered from one query. */
const BATCH = 200;

/**
 * Every 25 s each connection hears the counters of the chats it follows, so that a client that missed something
 * notices. Returns the stop.
 */
export function startHeartbeat(needs: ChatNeeds, io: LiveServer, log: Logger): () => void {
  const beat = async () => {
    const sockets = [...io.sockets.sockets.values()];
    for (let at = 0; at < sockets.length; at += BATCH) await beatBatch(needs, sockets.slice(at, at + BATCH));
  };
  const timer = setInterval(() => {
    beat().catch((error: unknown) => log.error({ err: error }, 'a heartbeat failed'));
  }, TIMES.heartbeat);
  return () => clearInterval(timer);
}

async function beatBatch({ chats }: ChatNeeds, sockets: readonly LiveSocket[]): Promise<void> {
  const customers = sockets.flatMap((socket) => customerOf(socket) ?? []);
  const watched = sockets.flatMap(watchedChats);
  const own = customers.length
    ? await chats.find({ customerId: trusted({ $in: customers }), status: trusted({ $ne: 'closed' }) }).lean()
    : [];
  const opened = watched.length ? await chats.find({ _id: trusted({ $in: watched }) }).lean() : [];
  const byCustomer = Map.groupBy(own, (chat) => String(chat.customerId));
  const byId = new Map(opened.map((chat) => [String(chat._id), chat]));
  for (const socket of sockets) {
    const customerId = customerOf(socket);
    const followed = customerId
      ? (byCustomer.get(customerId) ?? [])
      : watchedChats(socket).flatMap((id) => byId.get(id) ?? []);
    if (followed.length > 0) socket.emit('heartbeat', toHeartbeat(followed));
  }
}

function customerOf({ data: { actor } }: LiveSocket): string | null {
  return actor.kind === 'visitor' ? actor.customerId : null;
}

function watchedChats(socket: LiveSocket): string[] {
  return [...socket.rooms].flatMap((room) => watchedChat(room) ?? []);
}

function toHeartbeat(followed: readonly ChatRecord[]): Heartbeat {
  return { chats: followed.map(({ _id, lastSeq, lastRev }) => ({ chatId: String(_id), lastSeq, lastRev })) };
}
