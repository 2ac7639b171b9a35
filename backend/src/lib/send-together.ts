/** A connection of the engine, as far as sending goes. */
interface Connection {
  flush(): void;
  close(): void;
  onError(error: Error): void;
  writeBuffer: { data?: unknown }[];
  transport: { socket?: { cork(send: () => void): unknown } };
}

/** A longer packet gains nothing by company, and many of them would be too much to keep. */
const LONG = 16 * 1024;

const waiting = new Set<() => void>();

/**
 * Sends what one turn of the event loop has for a connection in one system call: an acknowledgement and the message
 * that follows it, a message and its list's news. A system call is most of what a packet costs, and two in one cost
 * what one does (16 and 8 µs on the machine where it was measured).
 */
export function sendTogether(connection: unknown): void {
  // oxlint-disable-next-line no-unsafe-type-assertion -- the engine sends at once, and has no public door to that
  const internals = connection as Connection;
  const flush = internals.flush.bind(connection);
  const close = internals.close.bind(connection);
  const flushTogether = (): void => {
    const { socket } = internals.transport;
    try {
      if (socket && internals.writeBuffer.length > 1) socket.cork(flush);
      else flush();
    } catch (error) {
      // What others are sent in this turn does not suffer from it.
      internals.onError(error instanceof Error ? error : new Error(String(error)));
    }
  };
  internals.flush = () => {
    if (isLong(internals.writeBuffer.at(-1)?.data)) {
      flush();
      return;
    }
    if (waiting.size === 0) setImmediate(flushAll);
    waiting.add(flushTogether);
  };
  // What was said before the end still goes out.
  internals.close = () => {
    flush();
    close();
  };
}

function isLong(data: unknown): boolean {
  return typeof data === 'string' && data.length > LONG;
}

function flushAll(): void {
  const all = [...waiting];
  waiting.clear();
  for (const flush of all) flush();
}
