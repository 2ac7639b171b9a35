import { io, type Socket } from 'socket.io-client';
import { PROTOCOL, SOCKET_PATH } from '../contract/constants.ts';
import type { ServerAddress } from './resolve-server.ts';

/** What a socket tells, once `open` has begun. */
export interface SocketListener {
  onOpen(): void;
  /** It was refused or lost; nothing more comes from it. */
  onClosed(reason: ClosedReason): void;
  onEvent(event: string, payload: unknown): void;
}

/** `dismissed`: the server has ended it on purpose, mostly with the session. `unauthenticated`: the token is not (or no longer) good. `unsupported`: the server has left our protocol. */
export type ClosedReason = 'lost' | 'dismissed' | 'unauthenticated' | 'unsupported';

/** One attempt at a live connection. */
export interface OpenSocket {
  /** Emits and waits for the acknowledgement; rejects where none comes in `timeout` milliseconds. */
  ask(event: string, payload: unknown, timeout: number): Promise<unknown>;
  /** Emits and forgets. */
  tell(event: string, payload: unknown): void;
  /** When something was last heard of the server (`performance.now()`). */
  lastHeard(): number;
  /** Ends it without telling the listener. */
  close(): void;
}

/** An engine that opens but is never welcomed counts as lost after this time, in milliseconds. */
const WELCOME_TIMEOUT = 12_000;

/**
 * Opens one Socket.IO connection of our own, with no reconnection: a lost one is thrown away.
 *
 * @example
 * const socket = openSocket(address, token, { onOpen, onClosed, onEvent });
 */
export function openSocket(server: ServerAddress, token: string, listener: SocketListener): OpenSocket {
  const socket: Socket = io(server.origin, {
    path: server.prefix + SOCKET_PATH,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    forceNew: true,
    multiplex: false,
    reconnection: false,
    autoConnect: false,
    timeout: WELCOME_TIMEOUT,
    auth: { token, protocol: PROTOCOL },
  });
  let heard = performance.now();
  let over = false;

  const close = () => {
    over = true;
    clearTimeout(welcome);
    socket.off();
    socket.offAny();
    socket.io.off();
    socket.disconnect();
  };
  const end = (reason: ClosedReason) => {
    if (over) return;
    close();
    listener.onClosed(reason);
  };
  const welcome = setTimeout(() => end('lost'), WELCOME_TIMEOUT);
  const noteHeard = () => {
    heard = performance.now();
  };

  socket.io.on('packet', noteHeard);
  socket.io.on('ping', noteHeard);
  socket.on('connect', () => {
    clearTimeout(welcome);
    listener.onOpen();
  });
  socket.on('connect_error', (error) => end(reasonOf(error)));
  socket.on('disconnect', (reason) => end(reason === 'io server disconnect' ? 'dismissed' : 'lost'));
  socket.onAny((event: string, payload: unknown) => {
    if (!over) listener.onEvent(event, payload);
  });
  socket.connect();

  return {
    ask: (event, payload, timeout) => socket.timeout(timeout).emitWithAck(event, payload),
    tell: (event, payload) => void socket.emit(event, payload),
    lastHeard: () => heard,
    close,
  };
}

function reasonOf(error: Error & { data?: { code?: unknown } }): ClosedReason {
  if (error.message.startsWith('Unsupported protocol')) return 'unsupported';
  return error.data?.code === 'UNAUTHENTICATED' ? 'unauthenticated' : 'lost';
}
