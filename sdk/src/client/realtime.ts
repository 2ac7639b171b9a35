import { TIMES } from '../contract/constants.ts';
import { backoff } from '../lib/backoff.ts';
import { createEmitter } from '../lib/emitter.ts';
import { networkSignals } from '../lib/network-signals.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import { createTimer } from '../lib/timer.ts';
import { ClientError } from './client-error.ts';
import type { ClientEventInput, ClientEventName, ClientEventReply } from './client-events.ts';
import type { ConnectionState } from './connection-state.ts';
import { type ClosedReason, type OpenSocket, openSocket } from './open-socket.ts';
import { readEnvelope } from './read-envelope.ts';
import type { ServerAddress } from './resolve-server.ts';
import type { ListenToServer, ServerEventName, ServerEventPayload } from './server-events.ts';

/** The live connection: it never gives up by itself. */
export interface Realtime {
  readonly state: Readable<ConnectionState>;
  /** Counts up when the page was asleep for so long that events may be missing although the socket lives. */
  readonly wakes: Readable<number>;
  start(): void;
  stop(): void;
  /** The server has just answered over HTTP: where the connection waits for its next attempt, or has left a question unanswered, it begins again now. */
  hint(): void;
  /** Begins again at once, e.g. with another token. Does nothing where it is not started. */
  restart(): void;
  /** Emits and answers the acknowledgement's data. `OFFLINE` where there is no connection or no answer. */
  request<E extends ClientEventName>(event: E, payload: ClientEventInput<E>): Promise<ClientEventReply<E>>;
  /** Emits where there is a connection, and forgets: for what is worthless later, like typing. */
  tell<E extends ClientEventName>(event: E, payload: ClientEventInput<E>): void;
  on: ListenToServer;
}

export interface RealtimeOptions {
  server: ServerAddress;
  /** The token to present. A rejection is tried again later. */
  token(): Promise<string>;
  /** After a refusal of `used`: is there a new token? False: the session is over, the connection stops. */
  renew(used: string): Promise<boolean>;
}

const RECONNECT = { base: 500, cap: 10_000 };
/** A connection that lived so long (ms) makes the next loss a first one. */
const STEADY = 2_000;
/** After a sleep of this length (ms) what we have is doubted. */
const LONG_SLEEP = 30_000;

type ServerEvents = { [E in ServerEventName]: ServerEventPayload<E> };

/**
 * The live connection over Socket.IO.
 *
 * @example
 * const realtime = createRealtime({ server, token: session.token, renew: session.renew });
 * realtime.on('new_message', show);
 * realtime.start();
 */
export function createRealtime({ server, token, renew }: RealtimeOptions): Realtime {
  const state = createReadable<ConnectionState>('idle');
  const wakes = createReadable(0);
  const events = createEmitter<ServerEvents>();
  const signals = networkSignals();
  const retry = createTimer();
  let unlisten: (() => void)[] = [];
  let socket: OpenSocket | null = null;
  let failures = 0;
  /** Dismissals in a row: a server that does nothing else is not asked in a loop. */
  let dismissals = 0;
  let openedAt = 0;
  /** A connection that has not answered, though it lives as far as we hear: our side of it may be dead. */
  let doubted: OpenSocket | null = null;
  /** Grows with each new beginning, so that what belongs to an older one is ignored. */
  let attempt = 0;

  const isStarted = () => state.get() !== 'idle' && state.get() !== 'stopped';

  async function connect(): Promise<void> {
    const mine = ++attempt;
    retry.clear();
    socket?.close();
    socket = null;
    openedAt = 0;
    if (state.get() !== 'connecting') state.set(signals.isOffline() ? 'offline' : 'reconnecting');
    try {
      const used = await token();
      if (mine !== attempt) return;
      socket = openSocket(server, used, {
        onOpen() {
          openedAt = performance.now();
          state.set('online');
        },
        onClosed: (reason) => void closed(reason, used),
        onEvent: (event, payload) => dispatch(event, payload),
      });
    } catch {
      if (mine === attempt) connectLater();
    }
  }

  async function closed(reason: ClosedReason, used: string): Promise<void> {
    const mine = attempt;
    socket = null;
    const lived = openedAt === 0 ? 0 : performance.now() - openedAt;
    openedAt = 0;
    if (lived >= STEADY) failures = dismissals = 0;
    if (reason === 'unsupported') return stop();
    state.set(signals.isOffline() ? 'offline' : 'reconnecting');
    if (reason === 'unauthenticated') {
      const renewed = await renew(used).catch(() => null);
      if (mine !== attempt) return;
      if (renewed === false) return stop();
    }
    // What the dismissal means, the next handshake says: a person should not wait for it.
    if (reason === 'dismissed' && dismissals++ < 2) return connect();
    connectLater();
  }

  function connectLater(): void {
    if (!isStarted()) return;
    state.set(signals.isOffline() ? 'offline' : 'reconnecting');
    retry.set(backoff(failures, RECONNECT), () => void connect());
    failures += 1;
  }

  function drop(): void {
    attempt += 1;
    socket?.close();
    socket = null;
    openedAt = 0;
    connectLater();
  }

  function wake(sleptMs: number): void {
    if (state.get() === 'online') {
      if (sleptMs === Infinity) void connect();
      else if (sleptMs >= LONG_SLEEP) wakes.set(wakes.get() + 1);
      return;
    }
    // Where an attempt is under way already, it stays.
    if (!retry.isSet()) return;
    failures = 0;
    void connect();
  }

  function dispatch(event: string, payload: unknown): void {
    // The server checks what it sends against the table that these types come from.
    events.emit(event as ServerEventName, payload as ServerEventPayload<ServerEventName>);
  }

  function stop(): void {
    attempt += 1;
    retry.clear();
    socket?.close();
    socket = null;
    for (const off of unlisten) off();
    unlisten = [];
    if (state.get() !== 'idle') state.set('stopped');
  }

  return {
    state,
    wakes,
    start() {
      if (isStarted()) return;
      failures = 0;
      unlisten = [
        signals.onWake(wake),
        // A device without a network may still hold a dead connection open for a while.
        signals.onLost(() => {
          if (state.get() === 'online') drop();
          else if (state.get() === 'reconnecting') state.set('offline');
        }),
      ];
      state.set('connecting');
      void connect();
    },
    stop,
    hint() {
      if (retry.isSet() || (socket && doubted === socket)) void connect();
    },
    restart() {
      if (!isStarted()) return;
      failures = 0;
      void connect();
    },
    async request<E extends ClientEventName>(event: E, payload: ClientEventInput<E>) {
      const current = socket;
      if (!current || state.get() !== 'online') throw offline();
      const sentAt = performance.now();
      const envelope = await current.ask(event, payload, TIMES.ackTimeout).catch(() => {
        // Silence on all of the connection: it is dead, whatever the browser believes.
        if (current === socket && current.lastHeard() < sentAt) void connect();
        else doubted = current;
        throw offline();
      });
      return readEnvelope(envelope) as ClientEventReply<E>;
    },
    tell(event, payload) {
      if (state.get() === 'online') socket?.tell(event, payload);
    },
    on: (event, listener) => events.on(event, listener),
  };
}

function offline(): ClientError {
  return new ClientError('OFFLINE', 'There is no connection to the server.', 0);
}
