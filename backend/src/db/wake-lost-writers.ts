import type { Socket } from 'node:net';
import { mongo } from 'mongoose';

/** What the driver's own types leave out: the connections of one server that somebody uses. */
interface Pool {
  checkedOut: Iterable<{ socket: Socket }>;
}

/**
 * Fails the writes on a connection that closes. MongoDB's driver writes and waits until there is room again; it stops
 * waiting for an error of the socket, but not for its end, and Bun ends a connection that broke without an error. Then
 * whoever waits would wait for ever. With the error the driver tries again, as after any failure of the network.
 */
export function wakeLostWriters(client: mongo.MongoClient): void {
  const known = new WeakSet<Socket>();
  client.on('connectionCheckedOut', ({ address }) => {
    for (const { socket } of poolOf(client, address).checkedOut) {
      if (known.has(socket)) continue;
      known.add(socket);
      // The driver's own listener was there first: to it the connection is closed already.
      socket.once('close', () =>
        socket.emit('error', new mongo.MongoNetworkError(`the connection to ${address} closed`)),
      );
    }
  });
}

function poolOf(client: mongo.MongoClient, address: string): Pool {
  const { topology } = client as unknown as { topology: { s: { servers: Map<string, { pool: Pool }> } } };
  const server = topology.s.servers.get(address);
  if (!server)
    throw new Error(`MongoDB's driver uses a connection to ${address}, a server that it does not know`);
  return server.pool;
}
