import { PROTOCOL, SOCKET_PATH } from '@wzatco/sdk/contract/constants';
import { io, type Socket } from 'socket.io-client';
import { SLOWNESS } from './test-database.ts';

/** An acknowledgement, as the server sends it. */
export interface Acknowledgement {
  success: boolean;
  data: Record<string, unknown> & { messages?: { seq: number; content: string }[] };
  error?: { code: string; message: string; details?: Record<string, unknown> };
}

/** A socket that remembers what it heard, so that a test can wait for it without racing. */
export interface TestSocket {
  raw: Socket;
  heard: { event: string; payload: Record<string, unknown> }[];
  /** Sends an event and gives its acknowledgement. */
  send(event: string, payload?: unknown): Promise<Acknowledgement>;
  /** The first heard (or next) event that fits. */
  hear(event: string, fits?: (payload: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  close(): void;
}

/** @returns The connected socket. @throws The `connect_error`, with its `data`. */
export async function connectSocket(
  url: string,
  auth: unknown,
  options: { origin?: string; transports?: string[] } = {},
): Promise<TestSocket> {
  const raw = io(url, {
    path: SOCKET_PATH,
    transports: options.transports ?? ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: typeof auth === 'string' ? { token: auth, protocol: PROTOCOL } : (auth as Record<string, unknown>),
    ...(options.origin ? { extraHeaders: { origin: options.origin } } : {}),
  });
  const heard: TestSocket['heard'] = [];
  const listeners = new Set<() => void>();
  raw.onAny((event: string, payload: Record<string, unknown>) => {
    heard.push({ event, payload });
    for (const listener of listeners) listener();
  });
  const socket: TestSocket = {
    raw,
    heard,
    send: (event, payload) => raw.timeout(10_000 * SLOWNESS).emitWithAck(event, payload),
    hear: (event, fits = () => true) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = heard.find((entry) => entry.event === event && fits(entry.payload));
          if (!found) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(found.payload);
        };
        const timer = setTimeout(() => {
          listeners.delete(look);
          const names = heard.map((entry) => entry.event).join(', ');
          reject(new Error(`${event} was not heard; heard: ${names}`));
        }, 5_000 * SLOWNESS);
        listeners.add(look);
        look();
      }),
    close: () => raw.disconnect(),
  };
  await new Promise<void>((resolve, reject) => {
    raw.once('connect', () => resolve());
    raw.once('connect_error', (error) => {
      raw.disconnect();
      reject(error);
    });
  });
  return socket;
}

/** Resolves when the server has ended the connection. */
export function ended(socket: TestSocket): Promise<string> {
  if (socket.raw.disconnected) return Promise.resolve('already');
  return new Promise((resolve) => socket.raw.once('disconnect', resolve));
}
