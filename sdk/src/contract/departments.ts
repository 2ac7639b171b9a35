import { z } from 'zod';
import { id, name } from './common.ts';
import { defineEndpoints } from './endpoints.ts';

/** A department as everybody sees it; other payloads name it by its name. */
export const department = z.object({ id, name });
export type Department = z.infer<typeof department>;

export const departmentEndpoints = defineEndpoints({
  'GET /api/departments': {
    summary: 'All departments, by name.',
    access: { user: 'all', agent: 'all', admin: 'all' },
    reply: z.array(department),
  },
});
