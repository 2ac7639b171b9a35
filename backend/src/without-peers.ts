import { trusted } from 'mongoose';
import { dropUnwelcome } from './drop-unwelcome.ts';
import { stillHolds } from './enter-rooms.ts';
import type { DropWatchers } from './features/chat/index.ts';
import type { Features } from './features.ts';
import type { Logger } from './lib/log.ts';
import type { LiveServer, LiveSocket } from './lib/on-event.ts';

declare module './lib/peers.ts' {
  interface PeerWords {
    /** I could not be heard for a while: what happened here meanwhile, you were not told. */
    'live.unheard': object;
  }
}

/** How often the database is asked for what the other processes cannot tell, in milliseconds. */
const LOOK_EVERY = 5_000;
/** Those that were away come back one after another: this long after the last of them all is caught up, in milliseconds. */
const SETTLE = 500;
/** Connections that are checked by one query. */
const BATCH = 200;

interface Needs {
  features: Features;
  io: LiveServer;
  dropWatchers: DropWatchers;
  /** Tells clients the counters of their chats, so that they notice what they missed. */
  beat(): Promise<void>;
  log: Logger;
}

/**
 * While the other processes cannot be heard, the database says what they would have: which sessions have ended, who
 * may see what, whom sites take, which chats have news. When they can be heard again, everybody catches up, and once
 * more when another process says that it is back only now: customers by their chats' counters, staff by a new
 * connection, which loads its lists. Returns the stop.
 */
export function liveWithoutPeers(needs: Needs): () => void {
  const { features, io, log } = needs;
  const everybody = () => [...io.sockets.sockets.values()];
  let isLooking = false;
  const look = async () => {
    if (isLooking || features.peers.areNear()) return;
    isLooking = true;
    try {
      await endWhatEnded(needs);
      await dropUnwelcome(features, everybody());
      await needs.dropWatchers.ofAll();
      await needs.beat();
    } catch (error) {
      log.error({ err: error }, 'what other processes did could not be looked up');
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY);
  /** Staff who connect from now on have loaded all there is. */
  const catchUp = async (connected: readonly LiveSocket[]) => {
    for (const socket of connected) if (socket.data.actor.kind === 'user') socket.disconnect(true);
    await dropUnwelcome(features, connected);
    await needs.beat();
  };
  let late: ReturnType<typeof setTimeout> | undefined;
  const stops = [
    features.peers.onBack(async () => {
      features.peers.tell('live.unheard', {});
      await catchUp(everybody());
    }),
    features.peers.hear('live.unheard', () => {
      const connected = everybody();
      clearTimeout(late);
      late = setTimeout(() => {
        catchUp(connected).catch((error: unknown) => {
          log.error({ err: error }, 'what was not heard was not caught up');
        });
      }, SETTLE);
    }),
  ];
  return () => {
    clearInterval(timer);
    clearTimeout(late);
    stops.forEach((stop) => stop());
  };
}

/** Closes the connections of sessions that have ended, and of users whose rights are others now. */
async function endWhatEnded({ features: { models }, io }: Needs): Promise<void> {
  const all = [...io.sockets.sockets.values()].flatMap((socket) => {
    const { actor } = socket.data;
    return actor.kind === 'user' ? [{ socket, actor }] : [];
  });
  for (let at = 0; at < all.length; at += BATCH) {
    const some = all.slice(at, at + BATCH);
    const [sessions, users] = await Promise.all([
      models.sessions
        .find({ _id: trusted({ $in: some.map(({ actor }) => actor.sessionId) }), isActive: true })
        .lean(),
      models.users.find({ _id: trusted({ $in: some.map(({ actor }) => actor.id) }) }).lean(),
    ]);
    const live = new Set(sessions.map(({ _id }) => String(_id)));
    const byId = new Map(users.map((user) => [String(user._id), user]));
    for (const { socket, actor } of some) {
      if (!live.has(actor.sessionId) || !stillHolds(actor, byId.get(actor.id))) socket.disconnect(true);
    }
  }
}
