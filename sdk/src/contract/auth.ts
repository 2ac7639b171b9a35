import { z } from 'zod';
import { LIMITS } from './constants.ts';
import { email, id, name, nothing, pageQuery, role, timestamp } from './common.ts';
import { defineEndpoints } from './endpoints.ts';

/** A password that is being chosen: at least 10 characters, at most 72 bytes. */
export const newPassword = z
  .string()
  .min(LIMITS.passwordMin, `must have at least ${LIMITS.passwordMin} characters`)
  .refine(
    (text) => new TextEncoder().encode(text).length <= LIMITS.passwordBytes,
    `must have at most ${LIMITS.passwordBytes} bytes`,
  );

/** A password that is being checked: no policy, only a bound. */
const givenPassword = z.string().min(1).max(1_000);

/** A secret that came in a link. */
const linkToken = z.string().min(1).max(200);

export const sessionUser = z.object({ id, email: z.string(), name: z.string(), role });
export type SessionUser = z.infer<typeof sessionUser>;

/** `token`: the JWT for `Authorization: Bearer` and sockets, 15 days. `sessionToken`: what the cookie holds. */
export const loginReply = z.object({ token: z.string(), sessionToken: z.string(), user: sessionUser });
export type LoginReply = z.infer<typeof loginReply>;

export const session = z.object({
  id,
  userAgent: z.string(),
  ipAddress: z.string(),
  createdAt: timestamp,
  lastUsedAt: timestamp,
  expiresAt: timestamp,
  /** Is this the session that asks? */
  current: z.boolean(),
});
export type Session = z.infer<typeof session>;

const everyUser = { user: 'own', agent: 'own', admin: 'own' } as const;

export const authEndpoints = defineEndpoints({
  'GET /api/auth/setup': {
    summary: 'Does the first admin still have to be created?',
    access: 'public',
    reply: z.object({ needed: z.boolean() }),
  },
  'POST /api/auth/setup': {
    summary: 'Creates the first admin, with the token of the link that the first start printed, and logs in.',
    access: 'public',
    body: z.strictObject({ token: linkToken, email, name, password: newPassword }),
    reply: loginReply,
    status: 201,
  },
  'POST /api/auth/login': {
    summary: 'Logs in. An unknown address answers like a wrong password.',
    access: 'public',
    body: z.strictObject({
      email: z.string().trim().toLowerCase().min(1).max(LIMITS.email),
      password: givenPassword,
    }),
    reply: loginReply,
  },
  'POST /api/auth/logout': {
    summary: 'Ends this session and its sockets.',
    access: everyUser,
    reply: nothing,
  },
  'GET /api/auth/me': {
    summary: 'Who is logged in, with rights and department.',
    access: everyUser,
    reply: sessionUser.extend({
      avatar: z.string().nullable(),
      department: z.string().nullable(),
      permissions: z.array(z.string()),
    }),
  },
  'POST /api/auth/token': {
    summary: "A new JWT for the cookie's session; what the console calls after a reload.",
    access: everyUser,
    reply: z.object({ token: z.string(), user: sessionUser }),
  },
  'POST /api/auth/change-password': {
    summary: 'Changes the password, ends every session of the user and opens a new one for the caller.',
    access: everyUser,
    body: z.strictObject({ currentPassword: givenPassword, newPassword }),
    reply: loginReply,
  },
  'POST /api/auth/reset-password': {
    summary: 'Sets the password with the token of an invitation link, and logs in.',
    access: 'public',
    body: z.strictObject({ token: linkToken, password: newPassword }),
    reply: loginReply,
  },
  'GET /api/auth/sessions': {
    summary: "The caller's live sessions, last used first.",
    access: everyUser,
    query: z.strictObject(pageQuery),
    reply: z.array(session),
    list: true,
  },
  'DELETE /api/auth/sessions/:id': {
    summary: 'Ends one session of the caller, and its sockets.',
    access: everyUser,
    params: z.strictObject({ id }),
    reply: nothing,
  },
  'POST /api/auth/sessions/revoke-others': {
    summary: "Ends all of the caller's sessions but this one.",
    access: everyUser,
    reply: z.object({ revoked: z.int() }),
  },
});
