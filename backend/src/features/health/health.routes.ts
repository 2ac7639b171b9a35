import type { healthEndpoints } from '@wzatco/sdk/contract';
import { AppError } from '../../lib/app-error.ts';
import type { Handlers } from '../../lib/mount.ts';

/** How the server is, asked at each request. */
export interface Health {
  version: string;
  database: 'embedded' | 'mongodb';
  /** The way to the other processes; without it this one still serves. */
  redis(): 'off' | 'ready' | 'away';
  /** Why it should get no traffic now, e.g. `draining`; null when it may. */
  unready(): Promise<string | null>;
}

export function createHealthHandlers(health: Health): Handlers<typeof healthEndpoints> {
  return {
    'GET /api/health': () => ({ status: 'ok', version: health.version }),
    'GET /api/ready': async () => {
      const reason = await health.unready();
      if (reason) throw new AppError('UNAVAILABLE', `Not ready: ${reason}.`, { retryAfterMs: 1000 });
      return { status: 'ready', database: health.database, redis: health.redis() };
    },
  };
}
