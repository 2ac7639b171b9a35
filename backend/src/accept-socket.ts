import { LIMITS, SOCKET_PATH } from '@wzatco/sdk/contract/constants';
import { Server as Engine } from '@socket.io/bun-engine';
import type { Env } from './env.ts';
import { authenticateSocket } from './features/auth/index.ts';
import type { Features } from './features.ts';
import { clientIp } from './lib/client-ip.ts';
import type { LiveSocket } from './lib/on-event.ts';
import { serverOrigin } from './lib/server-origin.ts';

/** Where the peer's address stands among a connection's headers; whatever a client writes there is replaced. */
export const PEER_HEADER = 'x-wzatco-peer';

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

/** Finds out who a connection is and from where; what is found stays with it. */
export async function acceptSocket(features: Features, env: Env, socket: LiveSocket): Promise<void> {
  const { headers, auth } = socket.handshake;
  const header = (name: string) => [headers[name]].flat()[0] ?? null;
  const request = new Request(`http://${header('host') ?? 'localhost'}/`, { headers: plainHeaders(headers) });
  const place = { origin: header('origin'), serverOrigin: serverOrigin(request, env.trustProxy) };
  socket.data.actor = await authenticateSocket(features.authenticator, auth, place);
  socket.data.place = place;
  socket.data.ip = clientIp(header(PEER_HEADER) ?? '', header('x-forwarded-for'), env.trustProxy);
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
