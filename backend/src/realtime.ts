import { randomUUID } from 'node:crypto';
import {
  chatClientEvents,
  chatServerEvents,
  messageClientEvents,
  messageServerEvents,
  noteServerEvents,
  notificationServerEvents,
  routingClientEvents,
  routingServerEvents,
} from '@wzatco/sdk/contract';
import type { Server as Engine } from '@socket.io/bun-engine';
import { Server } from 'socket.io';
import type { Env } from './env.ts';
import { HandshakeError } from './features/auth/index.ts';
import {
  broadcastChats,
  createChatEvents,
  createDropWatchers,
  createMessageEvents,
  createTyping,
  startChatViewers,
  startHeartbeat,
  tellTypingBy,
} from './features/chat/index.ts';
import { broadcastNotes } from './features/notes/index.ts';
import { broadcastNotifications } from './features/notifications/index.ts';
import { broadcastRouting, createRoutingEvents, startRouting } from './features/routing/index.ts';
import type { Features } from './features.ts';
import { AppError } from './lib/app-error.ts';
import { isStaff } from './lib/context.ts';
import { hardenConnection } from './lib/harden-connection.ts';
import { createInFlight } from './lib/in-flight.ts';
import type { Logger } from './lib/log.ts';
import {
  answerEvents,
  createEmit,
  registerEvents,
  type EventContext,
  type EventRegistry,
  type LiveServer,
  type LiveSocket,
} from './lib/on-event.ts';
import { rooms } from './lib/rooms.ts';
import { sendTogether } from './lib/send-together.ts';
import { acceptSocket, createEngine, PEER_HEADER } from './accept-socket.ts';
import { startDroppingUnwelcome } from './drop-unwelcome.ts';
import { enterRooms } from './enter-rooms.ts';
import { liveWithoutPeers } from './without-peers.ts';

/** Events of one person within this many seconds may come all at once: five times the limit of a second. */
const BURST_SECONDS = 5;
/** Staff may send ten times what a customer may. */
const STAFF_FACTOR = 10;
/** How long a stranger may hold a connection before saying who they are, in milliseconds. */
const CONNECT_TIME = 10_000;
/** A connection that has this many bytes waiting to be sent is closed; it comes back and catches up. */
export const BACKPRESSURE_BYTES = 4 * 1024 * 1024;
/** How long an end waits for what is under way, in milliseconds. */
const DRAIN_TIME = 10_000;

/** The live side of the server. */
export interface Realtime {
  /** Answers a request to the socket's path. */
  handle(request: Request, server: Parameters<Engine['handleRequest']>[1]): Promise<Response>;
  /** What `Bun.serve` needs to carry the connections. */
  websocket: ReturnType<Engine['handler']>['websocket'];
  /** Refuses what comes, waits for what is under way, closes every connection. */
  drain(): Promise<void>;
}

/** What a test or the start decides. */
export interface RealtimeOptions {
  /** How often connections are looked at whose token has ended, in milliseconds. */
  expiryEvery?: number | undefined;
  /** How often a connection hears the counters of its chats, in milliseconds. */
  heartbeatEvery?: number | undefined;
  /** Carries events to the sockets of other processes; Socket.IO's own knows none. */
  adapter?: Parameters<LiveServer['adapter']>[0];
}

export function createRealtime(
  env: Env,
  features: Features,
  log: Logger,
  { expiryEvery = 60_000, heartbeatEvery, adapter }: RealtimeOptions = {},
): Realtime {
  const io: LiveServer = new Server({
    serveClient: false,
    connectTimeout: CONNECT_TIME,
    ...(adapter && { adapter }),
  });
  const engine = createEngine(env, features);
  // After the upgrade the request no longer tells its peer, and Socket.IO never knew it.
  const peers = new WeakMap<Request, string>();
  engine.on('connection', (connection, request) => {
    hardenConnection(connection, BACKPRESSURE_BYTES);
    sendTogether(connection);
    connection.request.headers[PEER_HEADER] = peers.get(request) ?? '';
  });
  io.bind(engine);
  const emit = createEmit(
    io,
    {
      ...chatServerEvents,
      ...messageServerEvents,
      ...noteServerEvents,
      ...notificationServerEvents,
      ...routingServerEvents,
    },
    !env.production,
  );
  const emitHere = createEmit(io.local, chatServerEvents, !env.production);
  const typing = createTyping(features.chat, tellTypingBy(emit));
  const registry: EventRegistry = new Map();
  registerEvents(
    registry,
    chatClientEvents,
    createChatEvents(features.chat, typing, features.presence),
    !env.production,
  );
  registerEvents(registry, messageClientEvents, createMessageEvents(features.chat), !env.production);
  registerEvents(registry, routingClientEvents, createRoutingEvents(features.routing), !env.production);
  const count = createEventCount(env, features);
  const inFlight = createInFlight();
  let draining = false;

  /** Each connection may say once who it is: whoever is refused, or says it again, comes back by a new one. */
  const known = new WeakSet<object>();
  io.use((socket, next) => {
    const { conn } = socket;
    const refuse = (error: HandshakeError) => {
      next(error);
      // Behind the refusal, which the turn's end sends.
      setImmediate(() => conn.close());
    };
    if (known.has(conn)) return refuse(new HandshakeError('Only one identity a connection.', 'FORBIDDEN'));
    known.add(conn);
    acceptSocket(features, env, socket).then(
      () => next(),
      (error: unknown) => {
        if (!(error instanceof HandshakeError))
          log.error({ err: error }, 'a socket could not be authenticated');
        refuse(error instanceof HandshakeError ? error : new HandshakeError('Please try again.', 'INTERNAL'));
      },
    );
  });

  io.on('connection', (socket) => {
    answerEvents(socket, registry, {
      createContext: (afterwards) => eventContext(socket, log, afterwards),
      admit: async (context) => {
        if (draining) throw new AppError('UNAVAILABLE', 'The server restarts.', { retryAfterMs: 1000 });
        await count(context);
      },
      track: inFlight.run,
    });
    noteSignsOfLife(features, socket, log);
    enterRooms(features, socket).catch((error: unknown) => {
      log.error({ err: error }, 'a connection could not be prepared');
      socket.disconnect(true);
    });
  });

  const dropWatchers = createDropWatchers(io, features.chat, features.peers);
  const { beat, stop: stopHeartbeat } = startHeartbeat(features.chat, io, log, heartbeatEvery);
  const viewers = startChatViewers({ ...features.chat, peers: features.peers }, io, emitHere, log);
  const subscriptions = [
    broadcastChats(features.chat, emit, dropWatchers, viewers.isWatching),
    startRouting(features.routing),
    broadcastRouting(features.routing, emit),
    // Every process says so to its own.
    features.bus.subscribe('presence.changed', ({ agentId, status, reason }) =>
      emitHere([rooms.staff], 'agent_presence_update', {
        agentId,
        status,
        ...(reason ? { reason } : {}),
        timestamp: features.chat.now().toISOString(),
      }),
    ),
    features.bus.subscribe('sessions.ended', ({ sessionIds }) =>
      io.in(sessionIds.map(rooms.session)).disconnectSockets(true),
    ),
    features.bus.subscribe('user.changed', async ({ user }) => {
      if (user.status !== 'active') await features.loginSessions.end(String(user._id));
      // A changed role or department has other rooms: the client comes back into them at once.
      io.in(rooms.user(String(user._id))).disconnectSockets(true);
    }),
    startDroppingUnwelcome(features, io),
    broadcastNotes(features.bus, emit),
    broadcastNotifications(features.bus, emit),
    viewers.stop,
    dropWatchers.stop,
    stopHeartbeat,
    liveWithoutPeers({ features, io, dropWatchers, beat, log }),
    startExpiry(io, features.chat.now, expiryEvery),
  ];

  return {
    handle(request, server) {
      peers.set(request, server.requestIP(request)?.address ?? '');
      return engine.handleRequest(request, server);
    },
    websocket: engine.handler().websocket,
    async drain() {
      draining = true;
      const idle = (await inFlight.idle(DRAIN_TIME)) && (await features.bus.idle(DRAIN_TIME));
      if (!idle) log.warn('the server ends with events still under way');
      subscriptions.forEach((unsubscribe) => unsubscribe());
      typing.stop();
      features.presence.stop();
      // Not those of the other processes.
      io.local.disconnectSockets(true);
      void io.sockets.adapter.close();
      engine.close();
    },
  };
}

/** What clients send of their own accord, a reconnection's catching up above all, tells nothing of the person. */
const UNASKED = new Set(['sync_chat', 'watch_chat', 'unwatch_chat', 'sync_inbox', 'agent_status']);

function noteSignsOfLife({ presence }: Features, socket: LiveSocket, log: Logger): void {
  const { actor } = socket.data;
  if (!isStaff(actor)) return;
  socket.onAny((name: unknown) => {
    if (UNASKED.has(String(name))) return;
    presence.signOfLife(actor.id, true).catch((error: unknown) => {
      log.error({ err: error }, 'a sign of life was lost');
    });
  });
}

/** A connection ends with its token. Returns the stop. */
function startExpiry(io: LiveServer, now: () => Date, every: number): () => void {
  const timer = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) {
      if (socket.data.actor.expiresAt <= now()) socket.disconnect(true);
    }
  }, every);
  return () => clearInterval(timer);
}

function createEventCount(env: Env, { createRateLimit }: Features): (context: EventContext) => Promise<void> {
  const limitOf = (name: string, factor: number) =>
    createRateLimit({
      name,
      points: env.socketRateLimitPerSecond * BURST_SECONDS * factor,
      seconds: BURST_SECONDS,
      message: 'Too many events. Please slow down.',
    });
  const customers = limitOf('events-of-customer', 1);
  const staff = limitOf('events-of-staff', STAFF_FACTOR);
  return ({ actor }) => {
    if (actor.kind === 'visitor') return customers.use(actor.customerId);
    return actor.kind === 'user' ? staff.use(actor.id) : Promise.resolve();
  };
}

function eventContext(socket: LiveSocket, log: Logger, afterwards: EventContext['afterwards']): EventContext {
  const requestId = randomUUID();
  const { actor, place, ip } = socket.data;
  return {
    actor,
    requestId,
    log,
    ip,
    userAgent: '',
    origin: place.origin,
    serverOrigin: place.serverOrigin,
    replyHeaders: new Headers(),
    afterwards,
    socket,
  };
}
