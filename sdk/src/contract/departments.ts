import { z } from 'zod';
import { businessHours } from './business-hours.ts';
import { id, name, nothing, pageQuery } from './common.ts';
import { defineEndpoints } from './endpoints.ts';

/** A department as everybody sees it; other payloads name it by its name. */
export const department = z.object({
  id,
  name,
  /** Its own business hours; null: those of the site. */
  businessHours: businessHours.nullable(),
});
export type Department = z.infer<typeof department>;

const params = z.strictObject({ id });

export const departmentEndpoints = defineEndpoints({
  'GET /api/departments': {
    summary: 'All departments, by name.',
    access: { user: 'all', agent: 'all', admin: 'all' },
    query: z.strictObject(pageQuery),
    reply: z.array(department),
    list: true,
  },
  'POST /api/departments': {
    summary: 'Makes a department.',
    access: { admin: 'all' },
    body: z.strictObject({ name, businessHours: businessHours.nullish() }),
    reply: department,
    status: 201,
  },
  'GET /api/departments/:id': {
    summary: 'One department.',
    access: { user: 'all', agent: 'all', admin: 'all' },
    params,
    reply: department,
  },
  'PATCH /api/departments/:id': {
    summary: 'Renames a department, or sets its business hours.',
    access: { admin: 'all' },
    params,
    body: z.strictObject({ name: name.optional(), businessHours: businessHours.nullish() }),
    reply: department,
  },
  'DELETE /api/departments/:id': {
    summary: 'Removes a department that no user belongs to and no open chat; closed chats keep its name.',
    access: { admin: 'all' },
    params,
    reply: nothing,
  },
});
