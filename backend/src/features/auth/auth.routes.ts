import type { authEndpoints, LoginReply, Session } from '@wzatco/sdk/contract';
import { trusted } from 'mongoose';
import { AppError, notFound, unauthenticated } from '../../lib/app-error.ts';
import { asUser, type Context, type UserActor } from '../../lib/context.ts';
import type { Tokens } from '../../lib/jwt.ts';
import type { Handlers } from '../../lib/mount.ts';
import { pageOfAll } from '../../lib/page-of-all.ts';
import { addressKey } from '../../lib/client-ip.ts';
import type { Passwords } from '../../lib/password.ts';
import type { RateLimit } from '../../lib/rate-limit.ts';
import { hashSecretToken } from '../../lib/secret-token.ts';
import type { DepartmentService } from '../departments/index.ts';
import { toSessionUser, type UserModel, type UserRecord } from '../users/index.ts';
import type { LoginSessions } from './login-sessions.ts';
import { sessionCookie } from './session-cookie.ts';
import type { SessionModel } from './session.model.ts';
import type { Setup } from './setup.ts';

export interface AuthNeeds {
  users: UserModel;
  sessions: SessionModel;
  departments: DepartmentService;
  loginSessions: LoginSessions;
  setup: Setup;
  tokens: Tokens;
  /** Attempts of one address, whatever the account. */
  signInOfAddress: RateLimit;
  /** Failures of one account and address. */
  signIn: RateLimit;
  /** Uses of secret links of one address. */
  links: RateLimit;
  passwords: Passwords;
  secureCookie: boolean;
  now: () => Date;
}

/** More devices than a person has; a program that signs in for each call sees its last ones. */
const MOST_SESSIONS = 1_000;

/** The endpoints of logging in and out, and of one's own sessions. */
export function createAuthHandlers(needs: AuthNeeds): Handlers<typeof authEndpoints> {
  const { users, sessions, loginSessions, setup, tokens, passwords, now } = needs;

  async function ownRecord(actor: UserActor): Promise<UserRecord> {
    const record = await users.findById(actor.id).lean();
    if (!record) throw unauthenticated();
    return record;
  }

  async function login(context: Context, email: string, password: string): Promise<LoginReply> {
    const key = `${email}|${addressKey(context.ip)}`;
    await needs.signInOfAddress.use(addressKey(context.ip));
    await needs.signIn.use(key);
    const user = await users.findOne({ email }).lean();
    const matches = await passwords.matches(password, user?.password ?? null);
    if (!matches || user?.status !== 'active') {
      throw new AppError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
    }
    await needs.signIn.forget(key);
    return loginSessions.open(context, user);
  }

  async function changePassword(context: Context, user: UserRecord, password: string): Promise<LoginReply> {
    const change = { password: await passwords.hash(password), inviteToken: null, inviteExpiresAt: null };
    // The hash read before must still be there: of two changes at once, one wins.
    const changed = await users.updateOne({ _id: user._id, password: user.password }, { $set: change });
    if (changed.matchedCount === 0) throw new AppError('CONFLICT', 'The password was changed meanwhile.');
    await loginSessions.end(String(user._id));
    return loginSessions.open(context, { ...user, password: change.password });
  }

  return {
    'GET /api/auth/setup': async () => ({ needed: await setup.needed() }),

    'POST /api/auth/setup': async (context, { body }) => {
      await needs.links.use(addressKey(context.ip));
      const { token, ...admin } = body;
      return loginSessions.open(context, await setup.createFirstAdmin(token, admin));
    },

    'POST /api/auth/login': (context, { body }) => login(context, body.email, body.password),

    'POST /api/auth/logout': async (context) => {
      const actor = asUser(context).actor;
      await loginSessions.end(actor.id, { only: actor.sessionId });
      context.replyHeaders.append('set-cookie', sessionCookie('', 0, needs.secureCookie));
      return {};
    },

    'GET /api/auth/me': async (context) => {
      const record = await ownRecord(asUser(context).actor);
      return {
        ...toSessionUser(record),
        avatar: record.avatar,
        department: await needs.departments.nameOf(record.departmentId && String(record.departmentId)),
        permissions: record.permissions,
      };
    },

    'POST /api/auth/token': async (context) => {
      const actor = asUser(context).actor;
      const token = await tokens.signStaff({ id: actor.id, sid: actor.sessionId });
      return { token, user: toSessionUser(await ownRecord(actor)) };
    },

    'POST /api/auth/change-password': async (context, { body }) => {
      const record = await ownRecord(asUser(context).actor);
      const key = `${record.email}|${addressKey(context.ip)}`;
      await needs.signIn.use(key);
      if (!(await passwords.matches(body.currentPassword, record.password))) {
        throw new AppError('VALIDATION_FAILED', 'currentPassword: is not your password');
      }
      await needs.signIn.forget(key);
      return changePassword(context, record, body.newPassword);
    },

    'POST /api/auth/reset-password': async (context, { body }) => {
      await needs.links.use(addressKey(context.ip));
      const user = await users.findOne({ inviteToken: hashSecretToken(body.token) }).lean();
      if (!user?.inviteExpiresAt || user.inviteExpiresAt <= now() || user.status !== 'active') {
        throw new AppError(
          'FORBIDDEN',
          'This link is not valid any more. Ask an admin for a new invitation.',
        );
      }
      return changePassword(context, user, body.password);
    },

    'GET /api/auth/sessions': async (context, { query }) => {
      const actor = asUser(context).actor;
      const records = await sessions
        .find({ userId: actor.id, isActive: true, expiresAt: trusted({ $gt: now() }) })
        .sort({ lastUsedAt: -1 })
        .limit(MOST_SESSIONS)
        .lean();
      const all = records.map((record): Session => ({
        id: String(record._id),
        userAgent: record.userAgent,
        ipAddress: record.ipAddress,
        createdAt: record.createdAt.toISOString(),
        lastUsedAt: record.lastUsedAt.toISOString(),
        expiresAt: record.expiresAt.toISOString(),
        current: String(record._id) === actor.sessionId,
      }));
      return pageOfAll(all, query, {
        list: 'sessions',
        keyOf: ({ lastUsedAt }) => lastUsedAt,
        descending: true,
      });
    },

    'DELETE /api/auth/sessions/:id': async (context, { params }) => {
      const ended = await loginSessions.end(asUser(context).actor.id, { only: params.id });
      if (ended === 0) throw notFound('session');
      return {};
    },

    'POST /api/auth/sessions/revoke-others': async (context) => {
      const actor = asUser(context).actor;
      return { revoked: await loginSessions.end(actor.id, { except: actor.sessionId }) };
    },
  };
}
