import { z } from 'zod';
import { availability } from './business-hours.ts';
import { CHAT_STATUSES, LIMITS } from './constants.ts';
import { counter, id } from './common.ts';
import { defineEndpoints } from './endpoints.ts';

/** A site's public key, as written in `data-site`. */
export const siteKey = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w-]+$/);

const token = z.string().min(1).max(4_096);

/** How the pre-chat form asks: each field is required, optional or hidden. */
export const formField = z.enum(['required', 'optional', 'hidden']);

export const widgetConfig = z.object({
  site: z.object({ key: siteKey, name: z.string() }),
  theme: z.object({ accent: z.string() }),
  texts: z.object({ title: z.string(), greeting: z.string() }),
  departments: z.array(z.string()),
  /** Is somebody there? By the site's own business hours; `isAway` only where nobody of any department is. */
  availability,
  preChatForm: z.object({ name: formField, email: formField, department: formField }),
  /** A customer's new message reopens a chat that ended within so many hours; 0: never. */
  reopenWithinHours: z.int(),
});
export type WidgetConfig = z.infer<typeof widgetConfig>;

export const visitorSession = z.object({
  visitorToken: z.string(),
  customer: z.object({
    id,
    name: z.string().nullable(),
    email: z.string().nullable(),
    verified: z.boolean(),
  }),
  /** The customer's open chat, else their last one of the last 30 days, else null. */
  chat: z.object({ id, status: z.enum(CHAT_STATUSES), lastSeq: counter }).nullable(),
});
export type VisitorSession = z.infer<typeof visitorSession>;

export const widgetEndpoints = defineEndpoints({
  'GET /api/widget/config': {
    summary: 'What a page needs to draw the widget of a site.',
    access: 'public',
    query: z.strictObject({ site: siteKey }),
    reply: widgetConfig,
  },
  'POST /api/widget/session': {
    summary:
      'A visitor token: new, or renewed for the same customer. `identity` is a JWT that the site signed.',
    access: 'public',
    body: z.strictObject({
      siteKey,
      visitorToken: token.optional(),
      identity: token.max(LIMITS.jsonBodyBytes).optional(),
    }),
    reply: visitorSession,
  },
});
