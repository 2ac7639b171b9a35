import { z } from 'zod';
import { defineEndpoints } from './endpoints.ts';

export const healthEndpoints = defineEndpoints({
  'GET /api/health': {
    summary: 'Is the process alive?',
    access: 'public',
    reply: z.object({ status: z.literal('ok'), version: z.string() }),
  },
  'GET /api/ready': {
    summary: 'Can it serve? 503 while it starts, drains, or has no database.',
    access: 'public',
    reply: z.object({
      status: z.literal('ready'),
      database: z.enum(['embedded', 'mongodb']),
      /** `off`: there is one process. `away`: each of them serves by itself until Redis is back. */
      redis: z.enum(['off', 'ready', 'away']),
    }),
  },
});
