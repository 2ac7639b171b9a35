import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy whose line can be cut: connections break, and no new ones come through until it is mended. */
export interface CutProxy {
  port: number;
  cut(): void;
  mend(): Promise<void>;
  /** Breaks the connections that there are; new ones come through. */
  shake(): void;
  /** Reads nothing more of what the target says on the connections that there are: it piles up over there. */
  pause(): void;
  resume(): void;
  stop(): void;
}

/**
 * @param admits Looks at the first bytes of each connection, and breaks it where it answers false.
 * @example const proxy = await startCutProxy({ host: '127.0.0.1', port: 27017 }); proxy.cut(); await proxy.mend();
 */
export async function startCutProxy(
  target: { host: string; port: number },
  admits?: (first: Buffer) => boolean,
): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  /** By the target's end of a connection, the client's. */
  const clients = new Map<Socket, Socket>();
  let listener: Server | null = null;
  let port = 0;

  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    // A broken connection is what this is for; its other half breaks with it.
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      clients.delete(socket);
      other.destroy();
    });
    socket.pipe(other);
  };
  const hand = (client: Socket, first?: Buffer) => {
    const onward = connect(target);
    if (first) onward.write(first);
    keep(client, onward);
    keep(onward, client);
    clients.set(onward, client);
  };
  const look = (client: Socket, isAdmitted: (first: Buffer) => boolean) => {
    const end = () => void client.destroy();
    client.once('error', end);
    client.once('data', (first: Buffer) => {
      client.off('error', end);
      client.pause();
      if (listener && isAdmitted(first)) hand(client, first);
      else end();
    });
  };
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      const opened = createServer((client) => (admits ? look(client, admits) : hand(client)));
      opened.once('error', reject);
      opened.listen(port, '127.0.0.1', () => {
        port = (opened.address() as AddressInfo).port;
        listener = opened;
        resolve();
      });
    });
  const shake = () => {
    for (const socket of sockets) socket.destroy();
  };
  const cut = () => {
    listener?.close();
    listener = null;
    shake();
  };
  const pause = () => {
    for (const [onward, client] of clients) onward.unpipe(client).pause();
  };
  const resume = () => {
    for (const [onward, client] of clients) onward.pipe(client);
  };
  await listen();
  return { port, cut, mend: listen, shake, pause, resume, stop: cut };
}
