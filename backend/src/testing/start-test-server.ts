import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnv } from '../env.ts';
import { createLogger } from '../lib/log.ts';
import type { WriteLimits } from '../lib/write-gate.ts';
import { startServer, type RunningServer } from '../server.ts';
import { newTestDatabase, onServer, type TestDatabase } from './test-database.ts';
import { watchSearches } from './watch-searches.ts';

export const ADMIN = { email: 'admin@example.com', password: 'correct-horse-battery' };

const ONE_DAY = 24 * 60 * 60 * 1000;

/** A machine that does much else is slow; a burst of a test is not refused for it, in milliseconds. */
const PATIENT: WriteLimits = { most: 10_000, slowest: 60_000 };

/** A real server on a port of its own, with a database of its own. */
export interface TestServer extends RunningServer {
  dataDir: string;
  database: TestDatabase;
  searches: ReturnType<typeof watchSearches>;
}

/**
 * @param options Environment variables over the usual ones of tests; a clock; a shorter grace time of presence.
 * @throws for a clock that is behind: MongoDB deletes what has expired by its own, the sessions first.
 * @example const server = await startTestServer(); … await stopTestServer(server);
 */
export async function startTestServer(
  options: {
    variables?: Record<string, string>;
    now?: () => Date;
    presenceGraceTime?: number;
    writeLimits?: WriteLimits;
    expiryEvery?: number;
    heartbeatEvery?: number;
  } = {},
): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wzatco-test-'));
  const { variables, ...rest } = { writeLimits: PATIENT, ...options };
  if (onServer && options.now && options.now().getTime() < Date.now() - ONE_DAY)
    throw new Error('a clock of tests that is not in the past, please');
  const database = newTestDatabase();
  const env = readEnv({
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: dataDir,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    RATE_LIMIT_PER_MINUTE: '100000',
    SOCKET_RATE_LIMIT_PER_SECOND: '100000',
    ...database.variables,
    ...variables,
  });
  const searches = watchSearches(join(dataDir, 'wzatco.sqlite'));
  const server = await startServer(env, createLogger('silent'), { passwordCost: 4, ...rest });
  return { ...server, dataDir, database, searches };
}

/** @throws where a service searched in a way that becomes slow with time. */
export async function stopTestServer(server: TestServer): Promise<void> {
  await server.stop();
  await server.database.end();
  rmSync(server.dataDir, { recursive: true, force: true });
  server.searches.end();
}
