import type { Permission, Role } from '@wzatco/sdk/contract/constants';
import { forbidden } from './app-error.ts';
import type { Logger } from './log.ts';

/** Nobody in particular. */
export interface NobodyActor {
  kind: 'none';
}

/** A customer, as the visitor token says. */
export interface VisitorActor {
  kind: 'visitor';
  customerId: string;
  siteId: string;
  /** When the token ends. */
  expiresAt: Date;
}

/** Somebody who logged in, as the live session and the user's record say. */
export interface UserActor {
  kind: 'user';
  id: string;
  role: Role;
  name: string;
  avatar: string | null;
  departmentId: string | null;
  permissions: readonly Permission[];
  sessionId: string;
  /** When the session ends. */
  expiresAt: Date;
}

export type Actor = NobodyActor | VisitorActor | UserActor;

/** Who asks, from where, and how to talk about it: the first argument of every service. */
export interface Context<A extends Actor = Actor> {
  actor: A;
  requestId: string;
  log: Logger;
  ip: string;
  userAgent: string;
  /** The page's origin as the browser says, null outside one. */
  origin: string | null;
  /** The address that the request was sent to, e.g. `https://support.example.com`. */
  serverOrigin: string;
  /** Headers to send with the reply (REST only). */
  replyHeaders: Headers;
  /** Does what others hear of this: over a socket behind the acknowledgement, in REST at once. */
  afterwards: (work: () => void) => void;
}

/** Sees chats and tickets of every department. */
export function seesAllDepartments(actor: Pick<UserActor, 'role' | 'permissions'>): boolean {
  return actor.role === 'admin' || actor.permissions.includes('departments:all');
}

export function isStaff(actor: Actor): actor is UserActor {
  return actor.kind === 'user' && actor.role !== 'user';
}

/** Where the contract's table lets only customers through: tells the compiler, and refuses if the table was wrong. */
export function asVisitor<C extends Context>(context: C): C & Context<VisitorActor> {
  if (context.actor.kind !== 'visitor') throw forbidden();
  return context as C & Context<VisitorActor>;
}

/** The same for users. */
export function asUser<C extends Context>(context: C): C & Context<UserActor> {
  if (context.actor.kind !== 'user') throw forbidden();
  return context as C & Context<UserActor>;
}
