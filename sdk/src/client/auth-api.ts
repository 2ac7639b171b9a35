import type { authEndpoints, Session, SessionUser } from '../contract/auth.ts';
import type { EndpointInput, EndpointReply } from '../contract/endpoints.ts';

type Auth = typeof authEndpoints;

export type SetupInput = EndpointInput<Auth['POST /api/auth/setup']>['body'];
export type LoginInput = EndpointInput<Auth['POST /api/auth/login']>['body'];
export type ChangePasswordInput = EndpointInput<Auth['POST /api/auth/change-password']>['body'];
export type ResetPasswordInput = EndpointInput<Auth['POST /api/auth/reset-password']>['body'];
/** Who is logged in, with rights and department. */
export type Me = EndpointReply<Auth['GET /api/auth/me']>;

/** Signing in and out. What signs in also connects; tokens stay inside the client. */
export interface AuthApi {
  /** Does the first admin still have to be created? */
  setupNeeded(): Promise<boolean>;
  /** Creates the first admin with the printed link's `token`, and signs in. */
  setup(input: SetupInput): Promise<SessionUser>;
  /**
   * Signs in. `UNAUTHENTICATED` for a wrong address or password, `RATE_LIMITED` after too many.
   *
   * @example
   * const user = await client.auth.login({ email: 'ada@example.com', password });
   */
  login(input: LoginInput): Promise<SessionUser>;
  /** Ends the session, here and on the server. */
  logout(): Promise<void>;
  me(): Promise<Me>;
  /** Changes the password; every other session of the user ends. */
  changePassword(input: ChangePasswordInput): Promise<SessionUser>;
  /** Sets the password with the token of an invitation link, and signs in. */
  resetPassword(input: ResetPasswordInput): Promise<SessionUser>;
  /** One's live sessions, last used first. */
  sessions(): Promise<Session[]>;
  /** Ends one of one's sessions, with its sockets. */
  revokeSession(id: string): Promise<void>;
  /** Ends all but this one; answers how many. */
  revokeOtherSessions(): Promise<number>;
}
