import { z } from 'zod';
import { businessHours } from './business-hours.ts';
import { LIMITS, ROUTING_POLICIES } from './constants.ts';
import { id, name, pageQuery } from './common.ts';
import { defineEndpoints } from './endpoints.ts';
import { formField, siteKey } from './widget.ts';

/** An origin as browsers send it, e.g. `https://www.example.com`; an address of a page is cut to its origin. */
const origin = z
  .string()
  .max(500)
  .transform((text, check) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url && ['http:', 'https:'].includes(url.protocol)) return url.origin;
    check.addIssue('must be an origin such as https://www.example.com');
    return z.NEVER;
  });

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #3b5bdb');
const idleMinutes = z.int().min(0).max(LIMITS.idleMinutes);
const text = z.string().trim().min(1).max(500);

/** A website that embeds the widget; its identity secret is told once, to who makes it. */
export const site = z.object({
  id,
  key: siteKey,
  name: z.string(),
  /** Origins whose pages may embed the widget, besides the server's own. */
  allowedOrigins: z.array(z.string()),
  requireIdentity: z.boolean(),
  theme: z.object({ accent: z.string() }),
  texts: z.object({ title: z.string(), greeting: z.string() }),
  /** Departments that the form offers; empty: all. */
  departments: z.array(z.string()),
  preChatForm: z.object({ name: formField, email: formField, department: formField }),
  /** A customer's new message reopens a chat that ended within so many hours; 0: never. */
  reopenWithinHours: z.int(),
  /** A customer who has not answered for so many minutes is warned; 0: never. */
  idleWarningMinutes: z.int(),
  /** A chat whose customer has not answered for so many minutes is closed; 0: never. */
  idleCloseMinutes: z.int(),
  /** May a customer have several open chats at once? */
  allowSeveralChats: z.boolean(),
  /** How waiting chats find an agent. */
  routingPolicy: z.enum(ROUTING_POLICIES),
  /** How long an agent has for an offer. */
  offerSeconds: z.int(),
  /** Is a returning customer offered first to who had their last chat? */
  returnToPreviousAgent: z.boolean(),
  /** Null: always open. Departments may have their own. */
  businessHours: businessHours.nullable(),
});
export type Site = z.infer<typeof site>;

const params = z.strictObject({ id });

export const siteEndpoints = defineEndpoints({
  'GET /api/sites': {
    summary: 'All sites, by name.',
    access: { admin: 'all' },
    query: z.strictObject(pageQuery),
    reply: z.array(site),
    list: true,
  },
  'GET /api/sites/:id': {
    summary: 'One site.',
    access: { admin: 'all' },
    params,
    reply: site,
  },
  'POST /api/sites/:id/identity-secret': {
    summary:
      'Makes the secret with which the backend of the site signs identities (`identity` of `POST /api/widget/session`). It is told this once, and replaces the one before: what that one signed is refused from now on, while visitor tokens go on.',
    access: { admin: 'all' },
    params,
    reply: z.object({ identitySecret: z.string() }),
  },
  'PATCH /api/sites/:id': {
    summary:
      'Changes a site: where it may be embedded, how it looks, what its form asks, who gets its chats.',
    access: { admin: 'all' },
    params,
    body: z.strictObject({
      name: name.optional(),
      allowedOrigins: z.array(origin).max(LIMITS.originsPerSite).optional(),
      requireIdentity: z.boolean().optional(),
      theme: z.strictObject({ accent: colour }).optional(),
      texts: z.strictObject({ title: text, greeting: text }).optional(),
      departments: z.array(name).max(100).optional(),
      preChatForm: z.strictObject({ name: formField, email: formField, department: formField }).optional(),
      reopenWithinHours: z.int().min(0).max(LIMITS.reopenHours).optional(),
      idleWarningMinutes: idleMinutes.optional(),
      idleCloseMinutes: idleMinutes.optional(),
      allowSeveralChats: z.boolean().optional(),
      routingPolicy: z.enum(ROUTING_POLICIES).optional(),
      offerSeconds: z.int().min(5).max(600).optional(),
      returnToPreviousAgent: z.boolean().optional(),
      businessHours: businessHours.nullish(),
    }),
    reply: site,
  },
});
