import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One address for several servers. */
export interface Balancer {
  url: string;
  /** New connections go to this server first, by its place in the list. */
  prefer(index: number): void;
  stop(): void;
}

/**
 * Hands each connection to the preferred server, and where that one does not answer to the next.
 *
 * @example const balancer = await startBalancer([5001, 5002]); balancer.prefer(1);
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  let preferred = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    // A broken connection is what this is for; its other half breaks with it.
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
    socket.pipe(other);
  };
  const hand = (client: Socket, tries: number) => {
    const port = ports[(preferred + tries) % ports.length];
    if (port === undefined || tries === ports.length) {
      client.destroy();
      return;
    }
    const onward = connect({ host: '127.0.0.1', port });
    const next = () => hand(client, tries + 1);
    onward.once('error', next);
    onward.once('connect', () => {
      onward.off('error', next);
      keep(client, onward);
      keep(onward, client);
    });
  };
  const listener = createServer({ pauseOnConnect: true }, (client) => {
    client.on('error', () => client.destroy());
    hand(client, 0);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    prefer(index) {
      preferred = index;
    },
    stop() {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
