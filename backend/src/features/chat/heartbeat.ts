import type { chatServerEvents, ServerPayload } from '@wzatco/sdk/contract';
import { TIMES } from '@wzatco/sdk/contract/constants';
import { trusted } from 'mongoose';
import type { Logger } from '../../lib/log.ts';
import type { LiveServer, LiveSocket } from '../../lib/on-event.ts';
import { watchedChat } from '../../lib/rooms.ts';
import { spreadOut } from '../../lib/spread-out.ts';
import type { ChatNeeds } from './chat-needs.ts';
import type { ChatRecord } from './chat.model.ts';
import { lastChangedFirst } from './list-chats.ts';

type Beat = ServerPayload<(typeof chatServerEvents)['heartbeat']>;

/** Connections that are answered from one query, before others have their turn: some 3 ms of work. */
const BATCH = 50;

/** How long a customer still follows a chat that has ended, in milliseconds. */
const FOLLOWED_AFTER_CLOSE = 10 * 60 * 1000;

/** Tells connections the counters of the chats they follow. */
export interface Heartbeat {
  /** To everybody once more, now. */
  beat(): Promise<void>;
  stop(): void;
}

/**
 * Every 25 s each connection hears the counters of the chats it follows, as the database has them, so that a client
 * that missed something notices. Not all in the same second: that held everything else up.
 *
 * @param every The interval, in milliseconds; tests wait less.
 */
export function startHeartbeat(
  needs: ChatNeeds,
  io: LiveServer,
  log: Logger,
  every: number = TIMES.heartbeat,
): Heartbeat {
  const beatFor = async (sockets: readonly LiveSocket[]) => {
    for (let at = 0; at < sockets.length; at += BATCH) {
      if (at > 0) await new Promise((resolve) => setImmediate(resolve));
      await beatBatch(needs, sockets.slice(at, at + BATCH));
    }
  };
  const spread = spreadOut<LiveSocket>(every, (sockets) => {
    beatFor(sockets).catch((error: unknown) => log.error({ err: error }, 'a heartbeat failed'));
  });
  io.on('connection', (socket) => {
    spread.add(socket);
    socket.once('disconnect', () => spread.remove(socket));
  });
  return { beat: () => beatFor([...io.sockets.sockets.values()]), stop: spread.stop };
}

async function beatBatch(needs: ChatNeeds, sockets: readonly LiveSocket[]): Promise<void> {
  const customers = sockets.flatMap((socket) => customerOf(socket) ?? []);
  const watched = sockets.flatMap(watchedChats);
  const opened = watched.length ? await needs.chats.find({ _id: trusted({ $in: watched }) }).lean() : [];
  const byCustomer = await followedByCustomers(needs, customers);
  const byId = new Map(opened.map((chat) => [String(chat._id), chat]));
  for (const socket of sockets) {
    const customerId = customerOf(socket);
    const followed = customerId
      ? (byCustomer.get(customerId) ?? [])
      : watchedChats(socket).flatMap((id) => byId.get(id) ?? []);
    if (followed.length > 0) socket.emit('heartbeat', toHeartbeat(followed));
  }
}

/**
 * By customer: their open chats, then those that ended a moment ago, so that a missed end is noticed too. Of somebody
 * without an open one only the last: it is what their widget shows.
 */
export async function followedByCustomers(
  { chats, now }: Pick<ChatNeeds, 'chats' | 'now'>,
  customerIds: readonly string[],
): Promise<Map<string, ChatRecord[]>> {
  if (customerIds.length === 0) return new Map();
  const justNow = new Date(now().getTime() - FOLLOWED_AFTER_CLOSE);
  const theirs = { customerId: trusted({ $in: customerIds }) };
  // Each branch is a range of one index: what ended long ago is not read, however much there is.
  const found = await chats
    .find({
      $or: [
        { ...theirs, status: trusted({ $in: ['waiting', 'active'] }) },
        { ...theirs, status: 'closed', closedAt: trusted({ $gte: justNow }) },
      ],
    })
    .lean();
  const byCustomer = Map.groupBy(found.toSorted(lastChangedFirst), (chat) => String(chat.customerId));
  return new Map([...byCustomer].map(([customerId, own]) => [customerId, openFirst(own)]));
}

function openFirst(own: ChatRecord[]): ChatRecord[] {
  const [ended, open] = [own.filter(isClosed), own.filter((chat) => !isClosed(chat))];
  return open.length > 0 ? [...open, ...ended] : ended.slice(0, 1);
}

function isClosed({ status }: ChatRecord): boolean {
  return status === 'closed';
}

function customerOf({ data: { actor } }: LiveSocket): string | null {
  return actor.kind === 'visitor' ? actor.customerId : null;
}

function watchedChats(socket: LiveSocket): string[] {
  return [...socket.rooms].flatMap((room) => watchedChat(room) ?? []);
}

function toHeartbeat(followed: readonly ChatRecord[]): Beat {
  return { chats: followed.map(({ _id, lastSeq, lastRev }) => ({ chatId: String(_id), lastSeq, lastRev })) };
}
