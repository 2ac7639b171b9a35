import { LIMITS, SOCKET_PATH } from '@wzatco/sdk/contract/constants';
import { Server as Engine } from '@socket.io/bun-engine';
import type { Env } from './env.ts';
import { authenticateSocket, HandshakeError } from './features/auth/index.ts';
import type { Features } from './features.ts';
import { clientIp } from './lib/client-ip.ts';
import type { LiveSocket } from './lib/on-event.ts';
import { rooms } from './lib/rooms.ts';
import { serverOrigin } from './lib/server-origin.ts';

/** Where the peer's address stands among a connection's headers; whatever a client writes there is replaced. */
export const PEER_HEADER = 'x-wzatco-peer';

/**
 * So many connections may one customer have to this process: tabs and devices, and those that broke off unnoticed.
 * Connections of one address are not counted: behind one may be a whole company, or a proxy that nobody told us of,
 * and all come back at once after a restart; newcomers are counted by address where they get their token.
 */
const CONNECTIONS_OF_CUSTOMER = 30;

/** The door for the socket's request, before its token is known (see `authenticateSocket` for what follows). */
export function createEngine(env: Env, features: Features): Engine {
  const engine = new Engine({
    path: SOCKET_PATH,
    maxHttpBufferSize: LIMITS.socketPacketBytes,
    // Long polling from a site's page is a cross-origin request; it carries no cookie, so every origin may try.
    cors: { origin: '*' },
    allowRequest: async (request) => {
      const origin = request.headers.get('origin');
      if (origin === null || origin === serverOrigin(request, env.trustProxy)) return;
      if (env.staffOrigins.includes(origin) || (await features.siteOrigins.anyAllows(origin))) return;
      throw 'This origin may not connect.';
    },
  });
  return engine;
}

/**
 * Finds out who a connection is and from where; what is found stays with it. A customer's is in their room from here on,
 * which counts it.
 *
 * @throws HandshakeError
 */
export async function acceptSocket(features: Features, env: Env, socket: LiveSocket): Promise<void> {
  const { headers, auth } = socket.handshake;
  const header = (name: string) => [headers[name]].flat()[0] ?? null;
  const request = new Request(`http://${header('host') ?? 'localhost'}/`, { headers: plainHeaders(headers) });
  const place = { origin: header('origin'), serverOrigin: serverOrigin(request, env.trustProxy) };
  socket.data.actor = await authenticateSocket(features.authenticator, auth, place);
  socket.data.place = place;
  socket.data.ip = clientIp(header(PEER_HEADER) ?? '', header('x-forwarded-for'), env.trustProxy);
  if (socket.data.actor.kind === 'visitor')
    await takePlace(socket, rooms.customer(socket.data.actor.customerId));
}

/** Nothing may come between counting and entering: many connect at once. A connection that then fails leaves the room. */
async function takePlace(socket: LiveSocket, room: string): Promise<void> {
  if ((socket.nsp.adapter.rooms.get(room)?.size ?? 0) >= CONNECTIONS_OF_CUSTOMER) {
    throw new HandshakeError('Too many connections. Please close some tabs of this page.', 'RATE_LIMITED');
  }
  await socket.join(room);
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
