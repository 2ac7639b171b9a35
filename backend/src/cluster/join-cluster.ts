import { createHash } from 'node:crypto';
import type { Logger } from '../lib/log.ts';
import type { Peers } from '../lib/peers.ts';
import { createSharedRateLimits, type CreateRateLimit } from '../lib/rate-limit.ts';
import { liveAdapter, type LiveAdapter } from './live-adapter.ts';
import { peersOverRedis } from './peers-over-redis.ts';
import { openRedisLink } from './redis-link.ts';

/** What makes several processes one server. */
export interface Cluster {
  peers: Peers;
  createRateLimit: CreateRateLimit;
  /** Carries live events to the sockets of all processes. */
  adapter: LiveAdapter;
  /** Lets go of Redis. */
  stop(): Promise<void>;
}

/**
 * Joins the processes that share this Redis and this secret; another installation on the same Redis is not heard.
 * This file is imported only where `REDIS_URL` is set: nothing else loads ioredis.
 */
export function joinCluster(redisUrl: string, jwtSecret: string, log: Logger): Cluster {
  const installation = createHash('sha256').update(`redis ${jwtSecret}`).digest('hex').slice(0, 16);
  const prefix = `wzatco:${installation}`;
  const link = openRedisLink(redisUrl, log);
  const [peers, stopPeers] = peersOverRedis(link, prefix, log);
  const [adapter, stopMarking] = liveAdapter(link, prefix, log);
  return {
    peers,
    createRateLimit: createSharedRateLimits(link.commands, prefix),
    adapter,
    async stop() {
      stopMarking();
      stopPeers();
      await link.stop();
    },
  };
}
