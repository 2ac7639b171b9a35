import type { authEndpoints } from '../contract/auth.ts';
import { allPages } from './all-pages.ts';
import type { AgentSessions } from './agent-session.ts';
import type { AuthApi } from './auth-api.ts';
import { type Call, caller } from './call.ts';
import { ClientError } from './client-error.ts';
import type { Transport } from './transport.ts';

/** Signing in and out over REST; what it gets goes to the session. */
export function createAuthApi(transport: Pick<Transport, 'request'>, sessions: AgentSessions): AuthApi {
  const call = caller<typeof authEndpoints>(transport);
  const publicCall = caller<typeof authEndpoints>(transport, { signedIn: false });
  // What ends or replaces the session must not be answered by renewing it.
  const finalCall = caller<typeof authEndpoints>(transport, { renew: false });

  return {
    setupNeeded: async () => (await publicCall('GET /api/auth/setup')).needed,
    setup: async (body) => (await sessions.adopt(() => publicCall('POST /api/auth/setup', { body }))).user,
    login: async (body) => (await sessions.adopt(() => publicCall('POST /api/auth/login', { body }))).user,
    logout: () => sessions.signOut(() => endSession(finalCall)),
    me: () => call('GET /api/auth/me'),
    changePassword: async (body) =>
      (await sessions.adopt(() => finalCall('POST /api/auth/change-password', { body }))).user,
    resetPassword: async (body) =>
      (await sessions.adopt(() => publicCall('POST /api/auth/reset-password', { body }))).user,
    sessions: () => allPages((query) => call('GET /api/auth/sessions', { query })),
    async revokeSession(id) {
      await call('DELETE /api/auth/sessions/:id', { params: { id } });
    },
    revokeOtherSessions: async () => (await call('POST /api/auth/sessions/revoke-others')).revoked,
  };
}

/** A session that is no more has been ended already. */
async function endSession(call: Call<typeof authEndpoints>): Promise<void> {
  try {
    await call('POST /api/auth/logout');
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== 'UNAUTHENTICATED') throw error;
  }
}
