import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createFrameSplitter } from './split-frames.ts';

/** What goes over the line in one piece: a WebSocket frame, or some of an HTTP request or answer. */
export interface Piece {
  from: 'client' | 'server';
  /** 1, 2, 3 … in the order in which connections were made. */
  connection: number;
  text: string;
  /** How many bytes it has. */
  size: number;
}

/**
 * What becomes of a piece: it passes; it is dropped, and nobody is told; it is held, with all that come after it that
 * way, until `release`; or the connection is cut after so many of its bytes.
 */
export type Fate = 'pass' | 'drop' | 'hold' | { cutAfter: number };

/** A line between clients and a server on which anything may happen. */
export interface LineProxy {
  url: string;
  /** What was held goes on. */
  release(): void;
  stop(): void;
}

/** One connection: both of its halves, and what has happened to it. */
interface Passage {
  number: number;
  sockets: Record<Piece['from'], Socket>;
  /** What one side has said and the other may not hear yet; null while everything is handed on. */
  held: Record<Piece['from'], Buffer[] | null>;
  /** Something was dropped or held: the one side does not learn that the other has gone. */
  isHalfOpen: boolean;
  isCut: boolean;
}

/**
 * A TCP proxy that knows where WebSocket frames begin and end.
 *
 * @example const line = await startLineProxy(server.url, ({ from }) => (from === 'server' ? 'drop' : 'pass'));
 */
export async function startLineProxy(target: string, decide: (piece: Piece) => Fate): Promise<LineProxy> {
  const port = Number(new URL(target).port);
  const passages = new Set<Passage>();
  let count = 0;
  const listener = createServer((client) => {
    count += 1;
    const passage: Passage = {
      number: count,
      sockets: { client, server: connect({ host: '127.0.0.1', port }) },
      held: { client: null, server: null },
      isHalfOpen: false,
      isCut: false,
    };
    passages.add(passage);
    for (const from of ['client', 'server'] as const) {
      carry(passage, from, decide);
      passage.sockets[from].on('close', () => {
        if (Object.values(passage.sockets).every(({ destroyed }) => destroyed)) passages.delete(passage);
      });
    }
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    release: () => passages.forEach(release),
    stop() {
      listener.close();
      for (const { sockets } of passages) Object.values(sockets).forEach((socket) => socket.destroy());
    },
  };
}

const otherOf = (from: Piece['from']) => (from === 'client' ? 'server' : 'client');

/** Reads what one side says, in pieces, and does with each what is decided. */
function carry(passage: Passage, from: Piece['from'], decide: (piece: Piece) => Fate): void {
  const { [from]: source, [otherOf(from)]: other } = passage.sockets;
  const split = createFrameSplitter();
  let isLive = false;
  const handOn = (bytes: Buffer, text: string) => {
    const piece = { from, connection: passage.number, text, size: bytes.length };
    meet(passage, from, bytes, passage.held[from] ? 'hold' : decide(piece));
  };
  source.on('data', (chunk: Buffer) => {
    let frames = chunk;
    if (!isLive) {
      const head = chunk.indexOf('\r\n\r\n') + 4;
      isLive = /upgrade: websocket/i.test(chunk.toString('latin1', 0, head));
      const bytes = isLive ? chunk.subarray(0, head) : chunk;
      handOn(bytes, bytes.toString());
      frames = chunk.subarray(bytes.length);
    }
    for (const { bytes, text } of isLive ? split(frames) : []) handOn(bytes, text);
  });
  // A broken connection is what this is for; its other half breaks with it, unless it cannot know.
  source.on('error', () => source.destroy());
  source.on('close', () => {
    if (!passage.isHalfOpen) other.destroy();
  });
}

function meet(passage: Passage, from: Piece['from'], bytes: Buffer, fate: Fate): void {
  if (passage.isCut) return;
  const onward = passage.sockets[otherOf(from)];
  if (fate === 'pass') {
    onward.write(bytes);
  } else if (typeof fate === 'object') {
    passage.isCut = true;
    onward.write(bytes.subarray(0, fate.cutAfter), () => {
      for (const socket of Object.values(passage.sockets)) socket.destroy();
    });
  } else {
    passage.isHalfOpen = true;
    if (fate === 'hold') passage.held[from] = [...(passage.held[from] ?? []), bytes];
  }
}

function release(passage: Passage): void {
  passage.isHalfOpen = false;
  for (const from of ['client', 'server'] as const) {
    const [source, onward] = [passage.sockets[from], passage.sockets[otherOf(from)]];
    for (const bytes of passage.held[from] ?? []) onward.write(bytes);
    passage.held[from] = null;
    if (source.destroyed) onward.end();
  }
}
