import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../backend/src/main.ts', import.meta.url));

export const ADMIN = { name: 'Anna Keller', email: 'anna@example.com', password: 'correct-horse-battery' };

/** A server process that can be killed and started again on the same data and port. */
export interface ServerProcess {
  url: string;
  /** The one-time link that the first start printed. */
  setupLink: string;
  /** `kill -9`, as a power cut would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Starts the server as people do, on a free port, with a data folder of its own. */
export async function runServer(): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wzatco-browser-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let child: ChildProcess | null = null;
  const server: ServerProcess = {
    url,
    setupLink: '',
    async start() {
      const started = spawn('bun', [MAIN], {
        env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), RATE_LIMIT_PER_MINUTE: '100000' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = started;
      let output = '';
      await new Promise<void>((resolve, reject) => {
        started.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${output}`)));
        started.stdout.on('data', (chunk: Buffer) => {
          output += chunk.toString();
          server.setupLink ||= /http:\S+setup\?token=\S+/.exec(output)?.[0] ?? '';
          // What follows the address is printed in the same moment; the link comes last.
          if (/example {3}http/.test(output)) resolve();
        });
      });
    },
    async kill() {
      const running = child;
      if (!running) return;
      child = null;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await gone;
    },
    async remove() {
      await server.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
