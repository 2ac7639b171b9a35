interface Packet {
  type: string;
  data?: unknown;
}

/** A connection of the engine, as far as it is public. */
interface Connection {
  on(event: 'packetCreate', listener: (packet: Packet) => void): unknown;
  on(event: 'flush', listener: () => void): unknown;
}

/** What the engine's types keep private, and a stranger's packets reach. */
interface Internals {
  onPacket(packet: Packet): void;
  onError(error: Error): void;
  _maybeUpgrade(transport: UpgradingTransport): void;
}

interface UpgradingTransport {
  onPacket(packet: Packet): void;
  close(): void;
}

/**
 * Closes three holes of bun-engine 0.1.2, each open to anybody who can connect:
 * a pong that nobody asked for starts a timer that nothing stops, and so does every further probe of an upgrade;
 * and a client of long polling that never polls has its packets kept without a bound.
 *
 * @param behindBytes How much may wait to be sent before the connection is closed.
 */
export function hardenConnection(connection: Connection, behindBytes: number): void {
  // oxlint-disable-next-line no-unsafe-type-assertion -- the engine has no public door to what it must not do
  const internals = connection as unknown as Internals;
  let pinged = false;
  let waiting = 0;
  connection.on('packetCreate', (packet) => {
    if (packet.type === 'ping') pinged = true;
    waiting += sizeOf(packet.data);
    if (waiting > behindBytes) internals.onError(new Error('the client does not keep up'));
  });
  connection.on('flush', () => {
    waiting = 0;
  });

  const onPacket = internals.onPacket.bind(connection);
  internals.onPacket = (packet) => {
    if (packet.type === 'pong') {
      if (!pinged) return;
      pinged = false;
    }
    onPacket(packet);
  };

  const maybeUpgrade = internals._maybeUpgrade.bind(connection);
  internals._maybeUpgrade = (transport) => {
    acceptOneProbe(transport);
    maybeUpgrade(transport);
  };
}

function acceptOneProbe(transport: UpgradingTransport): void {
  const onPacket = transport.onPacket.bind(transport);
  let probed = false;
  transport.onPacket = (packet) => {
    if (packet.type === 'ping') {
      if (probed) {
        transport.close();
        return;
      }
      probed = true;
    }
    onPacket(packet);
  };
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return data instanceof Uint8Array || data instanceof ArrayBuffer ? data.byteLength : 0;
}
