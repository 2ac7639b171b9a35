import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy whose line can be cut: connections break, and no new ones come through until it is mended. */
export interface CutProxy {
  port: number;
  cut(): void;
  mend(): Promise<void>;
  /** Breaks the connections that there are; new ones come through. */
  shake(): void;
  stop(): void;
}

/** @example const proxy = await startCutProxy({ host: '127.0.0.1', port: 27017 }); proxy.cut(); await proxy.mend(); */
export async function startCutProxy(target: { host: string; port: number }): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  let listener: Server | null = null;
  let port = 0;

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
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      const opened = createServer((client) => {
        const onward = connect(target);
        keep(client, onward);
        keep(onward, client);
      });
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
  await listen();
  return { port, cut, mend: listen, shake, stop: cut };
}
