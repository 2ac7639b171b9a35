import type { LoginReply } from '@wzatco/sdk/contract';
import { trusted, type Types } from 'mongoose';
import { unauthenticated } from '../../lib/app-error.ts';
import type { Bus } from '../../lib/bus.ts';
import type { Context } from '../../lib/context.ts';
import { TOKEN_SECONDS, type Tokens } from '../../lib/jwt.ts';
import { createSecretToken, hashSecretToken } from '../../lib/secret-token.ts';
import { toSessionUser, type UserModel, type UserRecord } from '../users/index.ts';
import type { SessionModel } from './session.model.ts';
import { sessionCookie } from './session-cookie.ts';
import './auth-events.ts';

interface Needs {
  users: UserModel;
  sessions: SessionModel;
  tokens: Tokens;
  bus: Bus;
  secureCookie: boolean;
  now: () => Date;
}

/** Opens and ends login sessions; ending one ends its requests and its sockets at once. */
export interface LoginSessions {
  /**
   * A new session of a user: stored, its cookie set on the reply.
   *
   * @throws UNAUTHENTICATED when password or status changed since the record was read.
   */
  open(context: Context, user: UserRecord): Promise<LoginReply>;
  /** Ends those of the user's sessions that fit; returns how many. */
  end(userId: string, which?: { only?: string; except?: string }): Promise<number>;
}

export function createLoginSessions({
  users,
  sessions,
  tokens,
  bus,
  secureCookie,
  now,
}: Needs): LoginSessions {
  return {
    async open(context, user) {
      const sessionToken = createSecretToken();
      const record = await sessions.create({
        userId: user._id,
        sessionToken: hashSecretToken(sessionToken),
        userAgent: context.userAgent.slice(0, 300),
        ipAddress: context.ip,
        lastUsedAt: now(),
        expiresAt: new Date(now().getTime() + TOKEN_SECONDS.staff * 1000),
      });
      // Whoever changed them meanwhile ended the sessions that were there, and may have missed this one.
      const { password } = user;
      if (!(await users.exists({ _id: user._id, password, status: 'active' }))) {
        await sessions.updateOne({ _id: record._id }, { $set: { isActive: false } });
        throw unauthenticated('The account was changed meanwhile. Please log in again.');
      }
      context.replyHeaders.append(
        'set-cookie',
        sessionCookie(sessionToken, TOKEN_SECONDS.staff, secureCookie),
      );
      const token = await tokens.signStaff({ id: String(user._id), sid: String(record._id) });
      return { token, sessionToken, user: toSessionUser(user) };
    },

    async end(userId, { only, except } = {}) {
      const found = await sessions
        .find({
          userId,
          isActive: true,
          ...(only ? { _id: only } : {}),
          ...(except ? { _id: trusted({ $ne: except }) } : {}),
        })
        .select({ _id: 1 })
        .lean<{ _id: Types.ObjectId }[]>();
      const sessionIds = found.map(({ _id }) => String(_id));
      if (sessionIds.length === 0) return 0;
      await sessions.updateMany({ _id: trusted({ $in: sessionIds }) }, { $set: { isActive: false } });
      bus.publish('sessions.ended', { sessionIds });
      return sessionIds.length;
    },
  };
}
