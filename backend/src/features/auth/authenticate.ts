import { AuthenticationError, forbidden } from '../../lib/app-error.ts';
import type { UserActor, VisitorActor } from '../../lib/context.ts';
import type { Tokens, VisitorClaims } from '../../lib/jwt.ts';
import { hashSecretToken } from '../../lib/secret-token.ts';
import type { CustomerModel } from '../customers/index.ts';
import { siteOfToken, type SiteModel, type SiteOrigins } from '../sites/index.ts';
import type { UserModel, UserRecord } from '../users/index.ts';
import type { SessionModel, SessionRecord } from './session.model.ts';

interface Needs {
  users: UserModel;
  sessions: SessionModel;
  customers: CustomerModel;
  sites: SiteModel;
  tokens: Tokens;
  siteOrigins: SiteOrigins;
  staffOrigins: readonly string[];
  now: () => Date;
}

/** Where a token was shown. */
export interface Place {
  origin: string | null;
  serverOrigin: string;
}

/** Turns tokens and cookies into actors, against the live session, user and customer. */
export interface Authenticator {
  /** A staff or visitor token. @throws UNAUTHENTICATED, FORBIDDEN for an origin that the token's owner does not list. */
  byToken(token: string, place: Place): Promise<UserActor | VisitorActor>;
  /** The cookie's session. `changes`: the request would change something, so its page must be one of ours. */
  byCookie(sessionToken: string, place: Place, changes: boolean): Promise<UserActor>;
}

/** `lastUsedAt` is written at most this often, in milliseconds. */
const TOUCH_EVERY = 60_000;

export function createAuthenticator(needs: Needs): Authenticator {
  const { users, sessions, customers, tokens, now } = needs;
  const isStaffPlace = ({ origin, serverOrigin }: Place) =>
    origin === null || origin === serverOrigin || needs.staffOrigins.includes(origin);

  async function userOf(session: SessionRecord | null): Promise<UserActor> {
    const ended = () => new AuthenticationError('token', 'The session has ended. Please log in again.');
    if (!session) throw ended();
    const user = await users.findById(session.userId).lean();
    // Before the session: suspending somebody ends theirs, and who they are is why.
    if (user?.status !== 'active') {
      throw new AuthenticationError('user', 'This account is not active. Please ask an admin.');
    }
    if (!session.isActive || session.expiresAt <= now()) throw ended();
    await touch(session);
    return toActor(user, session);
  }

  async function touch(session: SessionRecord): Promise<void> {
    const due = new Date(now().getTime() - TOUCH_EVERY);
    if (session.lastUsedAt <= due)
      await sessions.updateOne({ _id: session._id }, { $set: { lastUsedAt: now() } });
  }

  async function visitorOf(claims: VisitorClaims, place: Place): Promise<VisitorActor> {
    const site = await siteOfToken(needs.sites, claims.siteId);
    if (!needs.siteOrigins.allows(site, place.origin, place.serverOrigin)) {
      throw forbidden('This page may not use the token of that site.');
    }
    const { customerId, siteId, exp } = claims;
    const customer = await customers.findOne({ _id: customerId, siteId }).lean();
    if (!customer) throw new AuthenticationError('user', 'The visitor token is no longer valid.');
    // The site may have begun to ask for it after this token was made.
    if (site.requireIdentity && !customer.verified) {
      throw new AuthenticationError('user', 'This site asks its visitors to be signed in.');
    }
    return { kind: 'visitor', customerId, siteId, expiresAt: new Date(exp * 1000) };
  }

  return {
    async byToken(token, place) {
      const staff = await tokens.verifyStaff(token);
      if (staff) {
        if (!isStaffPlace(place))
          throw forbidden('This page may not use a staff token. Add its origin to CORS_ORIGINS.');
        return userOf(await sessions.findOne({ _id: staff.sid, userId: staff.id }).lean());
      }
      const visitor = await tokens.verifyVisitor(token);
      if (!visitor) throw new AuthenticationError('token', 'The token is not valid. Please log in again.');
      return visitorOf(visitor, place);
    },

    async byCookie(sessionToken, place, changes) {
      // A browser names the origin with every change that a page asks for; without one it cannot be told whose it is.
      if (changes && (place.origin === null || !isStaffPlace(place))) {
        throw forbidden('A change with the session cookie must come from a page of this server.');
      }
      if (!isStaffPlace(place)) throw forbidden('This page may not use the session cookie.');
      return userOf(await sessions.findOne({ sessionToken: hashSecretToken(sessionToken) }).lean());
    },
  };
}

function toActor(user: UserRecord, session: SessionRecord): UserActor {
  return {
    kind: 'user',
    id: String(user._id),
    role: user.role,
    name: user.name,
    avatar: user.avatar,
    departmentId: user.departmentId && String(user.departmentId),
    permissions: user.permissions,
    sessionId: String(session._id),
    expiresAt: session.expiresAt,
  };
}
