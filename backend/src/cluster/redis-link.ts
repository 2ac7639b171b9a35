import { Redis } from 'ioredis';
import type { Logger } from '../lib/log.ts';

/** How often Redis is asked whether it is there, and how long it may take to answer anything, in milliseconds. */
const ASK_EVERY = 1_000;
const PATIENCE = 1_000;
/** How long it is waited until the next attempt to connect: at first, and at most, in milliseconds. */
const RECONNECT = { first: 50, most: 2_000 };

type OwnOptions = Partial<Record<'commandTimeout' | 'maxRetriesPerRequest', number>> & {
  enableOfflineQueue?: boolean;
};
type Listener = () => void | Promise<void>;

/** The connections to Redis, and whether they all work. */
export interface RedisLink {
  /** For commands: fails at once while Redis is away, and soon where it does not answer. */
  commands: Redis;
  /** For what waits for Redis: reading streams, subscribing. Its `duplicate()`s belong to the link too. */
  patient: Redis;
  isThere(): boolean;
  /** It is there, for the first time or again. Returns the unsubscribe. */
  onReady(listener: () => void): () => void;
  /** It was away and is there again. Returns the unsubscribe. */
  onBack(listener: Listener): () => void;
  stop(): Promise<void>;
}

/**
 * Begins to connect, and never gives up: whoever starts does not wait for Redis. A server that accepts connections
 * and answers nothing counts as away too.
 *
 * @example const link = openRedisLink('redis://localhost:6379', log);
 */
export function openRedisLink(url: string, log: Logger): RedisLink {
  const all: Redis[] = [];
  const listeners = new Set<Listener>();
  const readyListeners = new Set<() => void>();
  const startedAt = performance.now();
  let isThere = false;
  let wasThere = false;
  let wasMissed = false;
  let ends = false;

  const open = (options: OwnOptions): Redis => {
    const full = {
      retryStrategy: (times: number) => Math.min(RECONNECT.first * 2 ** times, RECONNECT.most),
      maxRetriesPerRequest: null,
      connectTimeout: PATIENCE * 5,
      keepAlive: PATIENCE * 10,
      ...options,
    };
    const redis = new Redis(url, full);
    // What fails is told once, by `look`, not by each connection at each attempt.
    redis.on('error', (error) => log.debug({ err: error }, 'a connection to Redis failed'));
    redis.on('ready', look);
    redis.on('close', look);
    all.push(redis);
    return redis;
  };

  function look(): void {
    const now = all.every(({ status }) => status === 'ready');
    if (ends || now === isThere) return;
    isThere = now;
    if (!now) {
      log.warn('Redis is away: each process goes on by itself, and Redis is tried again until it is back');
      wasMissed = true;
      return;
    }
    log.info(wasThere ? 'Redis is back' : 'connected to Redis');
    wasThere = true;
    for (const listener of readyListeners) listener();
    if (wasMissed) for (const listener of listeners) void tellThatItIsBack(listener);
    wasMissed = false;
  }

  async function tellThatItIsBack(listener: Listener): Promise<void> {
    try {
      await listener();
    } catch (error) {
      log.error({ err: error }, 'what was missed while Redis was away could not be caught up');
    }
  }

  function sayThatItIsMissing(): void {
    if (wasThere || wasMissed || performance.now() - startedAt < PATIENCE) return;
    wasMissed = true;
    log.warn(
      'REDIS_URL: Redis does not answer; this process goes on by itself, and tries again until it does',
    );
  }

  async function ask(): Promise<void> {
    sayThatItIsMissing();
    if (commands.status !== 'ready') return;
    await commands.ping().catch((error: unknown) => {
      // Silent, though connected: what waits for an answer of this connection would wait for as long as it likes.
      log.debug({ err: error }, 'Redis does not answer');
      if (!ends && commands.status === 'ready') for (const redis of all) redis.disconnect(true);
    });
  }

  const commands = open({ enableOfflineQueue: false, commandTimeout: PATIENCE, maxRetriesPerRequest: 0 });
  const patient = open({});
  patient.duplicate = () => open({});
  const timer = setInterval(() => void ask(), ASK_EVERY);

  return {
    commands,
    patient,
    isThere: () => isThere,
    onReady(listener) {
      readyListeners.add(listener);
      return () => readyListeners.delete(listener);
    },
    onBack(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      ends = true;
      clearInterval(timer);
      // Lets what was said last arrive.
      if (isThere) await commands.ping().catch(() => undefined);
      for (const redis of all) redis.disconnect();
    },
  };
}
