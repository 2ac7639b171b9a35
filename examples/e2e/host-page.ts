import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody's site on an origin of its own. */
export interface HostPage {
  url: string;
  close(): Promise<void>;
}

/** Serves one page, with the headers of a strict or an ordinary site. */
export async function serveHostPage(html: string, headers: Record<string, string> = {}): Promise<HostPage> {
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
