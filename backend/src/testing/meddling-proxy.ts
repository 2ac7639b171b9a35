/** What happens to a frame on its way: it goes on (as it is or changed), others go in its place, or the connection is cut there. */
export type Meddle = (
  frame: string,
  from: 'client' | 'server',
  connection: number,
) => string | string[] | 'cut';

/** A proxy of our own between clients and a server. */
export interface MeddlingProxy {
  url: string;
  stop(): Promise<void>;
}

interface Passage {
  path: string;
  /** 1, 2, 3 … */
  number: number;
  /** The proxy's own connection to the server. */
  onward: WebSocket | null;
}

/**
 * Hands REST on as it is, and each WebSocket frame as `meddle` says.
 *
 * @example const proxy = startMeddlingProxy(server.url, (frame) => frame.replace('"protocol":1', '"protocol":2'));
 */
export function startMeddlingProxy(target: string, meddle: Meddle): MeddlingProxy {
  let count = 0;
  const hand = (frame: string, from: 'client' | 'server', client: Bun.ServerWebSocket<Passage>) => {
    const fate = meddle(frame, from, client.data.number);
    if (fate === 'cut') {
      client.terminate();
      return;
    }
    for (const next of [fate].flat()) {
      if (from === 'server') client.send(next);
      else client.data.onward?.send(next);
    }
  };
  const listener = Bun.serve<Passage>({
    port: 0,
    async fetch(request, proxy) {
      const { pathname, search } = new URL(request.url);
      const path = pathname + search;
      if (request.headers.get('upgrade') === 'websocket') {
        count += 1;
        const data = { path, number: count, onward: null };
        return proxy.upgrade(request, { data }) ? undefined : new Response(null);
      }
      const { method, headers } = request;
      const body = method === 'GET' ? null : await request.text();
      return fetch(target + path, { method, headers, body });
    },
    websocket: {
      open(client) {
        const onward = new WebSocket(target.replace('http', 'ws') + client.data.path);
        client.data.onward = onward;
        onward.addEventListener('message', ({ data }) => hand(String(data), 'server', client));
        onward.addEventListener('close', () => client.close());
      },
      message: (client, data) => hand(String(data), 'client', client),
      close: (client) => client.data.onward?.close(),
    },
  });
  return { url: `http://localhost:${listener.port}`, stop: () => listener.stop(true) };
}
