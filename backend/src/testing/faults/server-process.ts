import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ADMIN } from '../start-test-server.ts';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));

/** The server as its own process, which can be killed and come back on the same port with the same data. */
export interface ServerProcess {
  url: string;
  /** Resolves when it serves. @throws What it said when it did not come up. */
  start(): Promise<void>;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** @param dataDir Where its data is. */
export async function serverProcess(dataDir: string): Promise<ServerProcess> {
  const PORT = String(await freePort());
  let child: Bun.Subprocess<'ignore', 'pipe', 'pipe'> | null = null;
  return {
    url: `http://localhost:${PORT}`,
    async start() {
      child = Bun.spawn([process.execPath, MAIN], {
        env: {
          PATH: process.env['PATH'],
          PORT,
          DATA_DIR: dataDir,
          ADMIN_EMAIL: ADMIN.email,
          ADMIN_PASSWORD: ADMIN.password,
          RATE_LIMIT_PER_MINUTE: '1000000',
          SOCKET_RATE_LIMIT_PER_SECOND: '1000000',
        },
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
      });
      const errors = new Response(child.stderr).text();
      if (await says(child.stdout, ' serves ')) return;
      throw new Error(`the server did not start: ${await errors}`);
    },
    async kill() {
      child?.kill('SIGKILL');
      await child?.exited;
    },
  };
}

/** Reads to the end, so that the process never waits for a reader; tells when the words have come, or never will. */
function says(stream: ReadableStream<Uint8Array>, words: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const read = async (): Promise<boolean> => {
    let heard = '';
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      if (!heard.includes(words)) heard += decoder.decode(chunk, { stream: true });
      if (heard.includes(words)) resolve(true);
    }
    return heard.includes(words);
  };
  read().then(resolve, () => resolve(false));
  return promise;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
