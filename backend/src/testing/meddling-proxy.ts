/** What happens to a frame on its way: it goes on (as it is or changed), or the connection is cut in its place. */
export type Meddle = (frame: string, from: 'client' | 'server') => string | 'cut';

/** A proxy of our own between clients and a server. */
export interface MeddlingProxy {
  url: string;
  stop(): Promise<void>;
}

interface Passage {
  path: string;
  /** The proxy's own connection to the server. */
  onward: WebSocket | null;
}

/**
 * Hands REST on as it is, and each WebSocket frame as `meddle` says.
 *
 * @example const proxy = startMeddlingProxy(server.url, (frame) => frame.replace('"protocol":1', '"protocol":2'));
 */
export function startMeddlingProxy(target: string, meddle: Meddle): MeddlingProxy {
  const listener = Bun.serve<Passage>({
    port: 0,
    async fetch(request, proxy) {
      const { pathname, search } = new URL(request.url);
      const path = pathname + search;
      if (request.headers.get('upgrade') === 'websocket') {
        return proxy.upgrade(request, { data: { path, onward: null } }) ? undefined : new Response(null);
      }
      const { method, headers } = request;
      const body = method === 'GET' ? null : await request.text();
      return fetch(target + path, { method, headers, body });
    },
    websocket: {
      open(client) {
        const onward = new WebSocket(target.replace('http', 'ws') + client.data.path);
        client.data.onward = onward;
        onward.addEventListener('message', ({ data }) => {
          const frame = meddle(String(data), 'server');
          if (frame === 'cut') client.terminate();
          else client.send(frame);
        });
        onward.addEventListener('close', () => client.close());
      },
      message(client, data) {
        const frame = meddle(String(data), 'client');
        if (frame === 'cut') client.terminate();
        else client.data.onward?.send(frame);
      },
      close: (client) => client.data.onward?.close(),
    },
  });
  return { url: `http://localhost:${listener.port}`, stop: () => listener.stop(true) };
}
