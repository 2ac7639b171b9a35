import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnv } from '../env.ts';
import { createLogger } from '../lib/log.ts';
import { startServer, type RunningServer } from '../server.ts';
import { freePort } from './free-port.ts';
import { ADMIN } from './start-test-server.ts';
import { newTestDatabase } from './test-database.ts';
import { watchSearches } from './watch-searches.ts';

/** A real server that can go away and come back where it was. */
export interface RestartableServer {
  url: string;
  stop(): Promise<void>;
  /** On the same port, with the same data unless they were lost. */
  start(): Promise<void>;
  /** Deletes everything stored; only while it is stopped. */
  loseData(): Promise<void>;
  /** Stops it for good. @throws where a service searched in a way that becomes slow with time. */
  remove(): Promise<void>;
}

/**
 * @param variables Environment variables over the usual ones of tests.
 * @example const server = await startRestartableServer(); await server.stop(); await server.start();
 */
export async function startRestartableServer(
  variables: Record<string, string> = {},
): Promise<RestartableServer> {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'wzatco-restart-'));
  const database = newTestDatabase();
  const PORT = String(await freePort());
  const env = () =>
    readEnv({
      NODE_ENV: 'test',
      PORT,
      DATA_DIR,
      JWT_SECRET: 'known-to-every-life-of-this-server',
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      RATE_LIMIT_PER_MINUTE: '100000',
      SOCKET_RATE_LIMIT_PER_SECOND: '100000',
      ...database.variables,
      ...variables,
    });
  const searches = watchSearches(join(DATA_DIR, 'wzatco.sqlite'));
  let running: RunningServer | null = null;
  const server: RestartableServer = {
    url: `http://localhost:${PORT}`,
    async start() {
      running = await startServer(env(), createLogger('silent'), { passwordCost: 4 });
    },
    async stop() {
      await running?.stop();
      running = null;
    },
    async loseData() {
      await database.drop();
      rmSync(DATA_DIR, { recursive: true, force: true });
    },
    async remove() {
      await server.stop();
      await database.end();
      rmSync(DATA_DIR, { recursive: true, force: true });
      searches.end();
    },
  };
  await server.start();
  return server;
}
