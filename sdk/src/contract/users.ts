import { z } from 'zod';
import { PERMISSIONS, PRESENCE_STATUSES, USER_STATUSES } from './constants.ts';
import { email, id, name, pageQuery, role, searchText, timestamp } from './common.ts';
import { defineEndpoints } from './endpoints.ts';
import { newPassword } from './auth.ts';

/** Somebody who logs in. `department` is a department's name, null for none. */
export const user = z.object({
  id,
  email: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  role,
  status: z.enum(USER_STATUSES),
  permissions: z.array(z.enum(PERMISSIONS)),
  department: z.string().nullable(),
  /** How many chats are offered to an agent at once; more may be claimed. */
  maxConcurrentChats: z.int(),
  /** Minutes without a sign of life after which an agent who is `online` becomes `away`; null: 15. */
  awayAfterMinutes: z.int().nullable(),
  lastActiveAt: timestamp.nullable(),
  createdAt: timestamp,
});
export type User = z.infer<typeof user>;

export const onlineAgent = z.object({
  id,
  name: z.string(),
  email: z.string(),
  avatar: z.string().nullable(),
  department: z.string().nullable(),
  lastActiveAt: timestamp.nullable(),
  status: z.enum(PRESENCE_STATUSES),
});
export type OnlineAgent = z.infer<typeof onlineAgent>;

/** Somebody of the staff as the others know them: no address, and of their rights only what they see. */
export const colleague = z.object({
  id,
  name: z.string(),
  avatar: z.string().nullable(),
  department: z.string().nullable(),
  /** Sees chats of every department: an admin, or who has `departments:all`. */
  allDepartments: z.boolean(),
});
export type Colleague = z.infer<typeof colleague>;

const maxConcurrentChats = z.int().min(1).max(1000);

export const userEndpoints = defineEndpoints({
  'GET /api/users': {
    summary: 'Users, by name; `q` searches name and e-mail.',
    access: { admin: 'all' },
    query: z.strictObject({
      ...pageQuery,
      role: role.optional(),
      q: searchText.optional(),
    }),
    reply: z.array(user),
    list: true,
  },
  'POST /api/users': {
    summary: 'Creates a user. Without a password the answer holds an invitation link, valid seven days.',
    access: { admin: 'all' },
    body: z.strictObject({
      email,
      name,
      role,
      department: name.nullish(),
      password: newPassword.optional(),
      maxConcurrentChats: maxConcurrentChats.optional(),
    }),
    reply: user.extend({ invitationUrl: z.string().optional() }),
    status: 201,
  },
  // Before `:id`: of two paths that fit, the one that is mounted first answers.
  'GET /api/users/colleagues': {
    summary: 'The active agents and admins, by name, whether they are there or not.',
    access: { agent: 'all', admin: 'all' },
    query: z.strictObject(pageQuery),
    reply: z.array(colleague),
    list: true,
  },
  'GET /api/users/:id': {
    summary: 'One user.',
    access: { admin: 'all' },
    params: z.strictObject({ id }),
    reply: user,
  },
  'PATCH /api/users/:id': {
    summary: 'Changes a user. Suspending one ends every session and socket of theirs at once.',
    access: { admin: 'all' },
    params: z.strictObject({ id }),
    body: z.strictObject({
      name: name.optional(),
      role: role.optional(),
      department: name.nullable().optional(),
      status: z.enum(USER_STATUSES).optional(),
      permissions: z.array(z.enum(PERMISSIONS)).max(PERMISSIONS.length).optional(),
      maxConcurrentChats: maxConcurrentChats.optional(),
      awayAfterMinutes: z.int().min(1).max(1440).nullish(),
    }),
    reply: user,
  },
  'GET /api/users/agents/online': {
    summary:
      'Agents who are there, by name: active in the last 5 minutes or connected, and not `offline` by choice.',
    access: { agent: 'all', admin: 'all' },
    query: z.strictObject(pageQuery),
    reply: z.array(onlineAgent),
    list: true,
  },
  'GET /api/users/agents/:agentId/workload': {
    summary: "An agent's open work: active chats, and tickets that are open or pending.",
    access: { agent: 'all', admin: 'all' },
    params: z.strictObject({ agentId: id }),
    reply: z.object({
      agentId: id,
      activeChats: z.int(),
      openTickets: z.int(),
      totalWorkload: z.int(),
    }),
  },
});
