import { LIMITS, SOCKET_PATH } from '@wzatco/sdk/contract/constants';
import { createApp } from './app.ts';
import { connectDatabase, ensureIndexes, type DatabaseHandle, type DatabaseSettings } from './db/connect.ts';
import { dataFolder } from './db/care/data-folder.ts';
import { backUpBefore } from './db/migrations/back-up-before.ts';
import { migrateData } from './db/migrations/migrate-data.ts';
import { SCHEMA_VERSION } from './db/migrations/migrations.ts';
import { ConfigurationError, type Env } from './env.ts';
import { startSweep } from './features/attachments/index.ts';
import { createFeatures, type FeatureNeeds, type Features } from './features.ts';
import { AppError } from './lib/app-error.ts';
import { atOnce, createInTurn } from './lib/in-turn.ts';
import { nobodyElse } from './lib/peers.ts';
import { createRateLimit } from './lib/rate-limit.ts';
import type { Cluster } from './cluster/join-cluster.ts';
import type { Logger } from './lib/log.ts';
import { BACKPRESSURE_BYTES, createRealtime } from './realtime.ts';
import { VERSION } from './version.ts';

/** Seconds after which a silent connection is given up; Socket.IO's own ping comes every 25. */
const IDLE_SECONDS = 30;
/** How often documents whose time has come are deleted, in milliseconds. */
const EXPIRE_EVERY = 60_000;
/** How long an end waits for requests under way, in milliseconds. */
const DRAIN_TIME = 10_000;

/** A running server. */
export interface RunningServer {
  url: string;
  features: Features;
  /** The one-time link that creates the first admin, null once there is a user. */
  setupLink: string | null;
  /** Lets what is under way finish, then closes everything. */
  stop(): Promise<void>;
}

type Options = Partial<Pick<FeatureNeeds, 'now' | 'presenceGraceTime' | 'writeLimits' | 'passwordCost'>> & {
  expiryEvery?: number;
  heartbeatEvery?: number;
  /** How the embedded database groups writes; the benchmark measures what that brings. */
  databaseLimits?: DatabaseSettings['limits'];
};

/**
 * Starts everything on one port: REST, live events, the console, the widget, the examples.
 *
 * @throws ConfigurationError when the port is taken or the data cannot be used.
 * @example const server = await startServer(readEnv({ PORT: '0', DATA_DIR: folder }), createLogger('silent'));
 */
export async function startServer(env: Env, log: Logger, options: Options = {}): Promise<RunningServer> {
  const database = await openData(env, log, options.databaseLimits).catch((error: unknown) => {
    throw new ConfigurationError(error instanceof Error ? error.message : String(error), { cause: error });
  });
  const { connection } = database;
  const cluster = await joinOthers(env, log);
  const features = createFeatures({
    env,
    connection,
    peers: cluster?.peers ?? nobodyElse,
    createRateLimit: cluster?.createRateLimit ?? createRateLimit,
    log,
    schemaVersion: SCHEMA_VERSION,
    inTurn: database.kind === 'mongodb' ? createInTurn() : atOnce,
    now: options.now ?? (() => new Date()),
    ...options,
  });
  const realtime = createRealtime(env, features, log, {
    expiryEvery: options.expiryEvery,
    heartbeatEvery: options.heartbeatEvery,
    ...(cluster && { adapter: cluster.adapter }),
  });
  let draining = false;

  const unready = async () => {
    if (draining) return 'it is shutting down';
    return connection.db && connection.readyState === 1 ? null : 'there is no database';
  };
  const redis = () => (!cluster ? 'off' : cluster.peers.areNear() ? 'ready' : 'away');
  const app = createApp(env, features, { version: VERSION, database: database.kind, redis, unready }, log);

  let listener: Bun.Server<unknown>;
  try {
    await ensureIndexes(connection);
    await features.prepare();
    listener = Bun.serve({
      port: env.port,
      idleTimeout: IDLE_SECONDS,
      // Beyond it Bun hangs up; what is too large but below gets an answer that says so.
      maxRequestBodySize: Math.max(LIMITS.jsonBodyBytes * 16, env.uploadMaxBytes * 4),
      // Bun's own error page shows source and paths.
      development: false,
      error: (error) => {
        log.error({ err: error }, 'a request failed outside of the app');
        return failure(new AppError('INTERNAL', 'Something went wrong on our side. Please try again.'));
      },
      websocket: {
        ...realtime.websocket,
        backpressureLimit: BACKPRESSURE_BYTES,
        closeOnBackpressureLimit: true,
      },
      fetch: (request, server) => {
        const url = URL.parse(request.url);
        if (!url)
          return failure(new AppError('VALIDATION_FAILED', 'The Host header or the address is not valid.'));
        if (url.pathname === SOCKET_PATH) return realtime.handle(request, server);
        const peer = server.requestIP(request)?.address ?? '';
        return app.fetch(request, { peer });
      },
    });
  } catch (error) {
    await cluster?.stop();
    await database.close();
    throw portTaken(error)
      ? new ConfigurationError(`PORT ${env.port} is taken: stop what uses it, or set PORT`)
      : error;
  }
  const expiry = setInterval(() => {
    database
      .expireDocuments()
      .catch((error: unknown) => log.error({ err: error }, 'expired documents remain'));
  }, EXPIRE_EVERY);
  const stopSweep = startSweep(features.attachments, log);

  features.jobs.start();

  const url = `http://localhost:${listener.port}`;
  return {
    url,
    features,
    setupLink: (await features.setup.needed())
      ? `${url}/agent/setup?token=${await features.setup.token()}`
      : null,
    async stop() {
      draining = true;
      clearInterval(expiry);
      await features.jobs.stop();
      stopSweep();
      await realtime.drain();
      // Waits for the answers under way; idle connections are closed at once.
      const late = setTimeout(() => {
        log.warn('the server ends with requests still under way');
        void listener.stop(true);
      }, DRAIN_TIME);
      await listener.stop();
      clearTimeout(late);
      await cluster?.stop();
      await database.close();
    },
  };
}

/** Only where there are others: nothing of Redis is loaded otherwise. */
async function joinOthers(env: Env, log: Logger): Promise<Cluster | null> {
  if (!env.redisUrl) return null;
  if (!env.mongodbUri) {
    log.warn('REDIS_URL without MONGODB_URI brings nothing: the embedded database is for one process');
  }
  const { joinCluster } = await import('./cluster/join-cluster.ts');
  return joinCluster(env.redisUrl, env.jwtSecret, log);
}

/** Opens the database, and brings its data into the shape that this program writes. */
async function openData(
  env: Env,
  log: Logger,
  limits: DatabaseSettings['limits'] = {},
): Promise<DatabaseHandle> {
  const { mongodbUri, dataDir } = env;
  const database = await connectDatabase({ mongodbUri: mongodbUri ?? undefined, dataDir, limits });
  try {
    await migrateData(database, {
      onStep: (line) => log.info(line),
      async backUp(version) {
        // A server's backups are its operator's: mongodump.
        if (database.kind === 'mongodb') return;
        const file = await backUpBefore(dataFolder(env.dataDir), version);
        log.info({ file }, 'backed up before migrating');
      },
    });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** An answer to what does not come as far as the app. */
function failure(error: AppError): Response {
  return Response.json({ success: false, error: error.toBody() }, { status: error.status });
}

function portTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
