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
  /**
   * Does the first admin still have to be created?
   *
   * @example
   * if (await client.auth.setupNeeded()) showSetup();
   */
  setupNeeded(): Promise<boolean>;
  /**
   * Creates the first admin with the printed link's `token`, and signs in.
   *
   * @example
   * await client.auth.setup({ token, email: 'ada@example.com', name: 'Ada', password });
   */
  setup(input: SetupInput): Promise<SessionUser>;
  /**
   * Signs in. `UNAUTHENTICATED` for a wrong address or password, `RATE_LIMITED` after too many.
   *
   * @example
   * const user = await client.auth.login({ email: 'ada@example.com', password });
   */
  login(input: LoginInput): Promise<SessionUser>;
  /**
   * Ends the session, here and on the server. `OFFLINE` where the server cannot be told: then nothing has changed.
   *
   * @example
   * await client.auth.logout();
   */
  logout(): Promise<void>;
  /**
   * Who is logged in, with avatar, department and rights.
   *
   * @example
   * const { department, permissions } = await client.auth.me();
   */
  me(): Promise<Me>;
  /**
   * Changes the password; every other session of the user ends. `VALIDATION_FAILED` for a wrong current one.
   *
   * @example
   * await client.auth.changePassword({ currentPassword, newPassword });
   */
  changePassword(input: ChangePasswordInput): Promise<SessionUser>;
  /**
   * Sets the password with the token of an invitation link, and signs in. `FORBIDDEN` where it is used or too old.
   *
   * @example
   * await client.auth.resetPassword({ token: new URLSearchParams(location.search).get('token') ?? '', password });
   */
  resetPassword(input: ResetPasswordInput): Promise<SessionUser>;
  /**
   * One's live sessions, last used first.
   *
   * @example
   * const others = (await client.auth.sessions()).filter((session) => !session.current);
   */
  sessions(): Promise<Session[]>;
  /**
   * Ends one of one's sessions, with its sockets.
   *
   * @example
   * await client.auth.revokeSession(session.id);
   */
  revokeSession(id: string): Promise<void>;
  /**
   * Ends all but this one; answers how many.
   *
   * @example
   * const ended = await client.auth.revokeOtherSessions();
   */
  revokeOtherSessions(): Promise<number>;
}
