import type { authEndpoints, LoginReply } from '../contract/auth.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import { singleFlight } from '../lib/single-flight.ts';
import type { AgentSession } from './agent-client.ts';
import type { Call } from './call.ts';
import { ClientError } from './client-error.ts';

type Grant = Pick<LoginReply, 'token' | 'user'>;

/** Who is signed in. The JWT lives in this object's memory only. */
export interface AgentSessions {
  readonly current: Readable<AgentSession>;
  /** The JWT, null before there is one. */
  jwt(): string | null;
  /** For the socket; rejects where nobody is signed in. */
  token(): Promise<string>;
  /** Takes up the cookie's session, if there is one. */
  resume(): Promise<void>;
  /** Signs in (or keeps signed in, with a new token) by what `get` answers. */
  adopt(get: () => Promise<Grant>): Promise<Grant>;
  /** After `used` was refused: is there a new token? False: the session is over (`expired`). */
  renew(used: string | null): Promise<boolean>;
  /** Signs out once `end` has been done. */
  signOut(end: () => Promise<unknown>): Promise<void>;
}

/**
 * The session of an agent or admin.
 *
 * @param call calls without credentials of its own but the cookie
 * @param onToken a person has signed in, or has a token of another session
 * @param onOver the session has ended
 * @example
 * const sessions = createAgentSessions({ call, onToken: connect, onOver: disconnect });
 */
export function createAgentSessions({
  call,
  onToken,
  onOver,
}: {
  call: Call<typeof authEndpoints>;
  onToken: () => void;
  onOver: () => void;
}): AgentSessions {
  const current = createReadable<AgentSession>({ status: 'unknown', user: null });
  let jwt: string | null = null;
  /** A sign-in or a change of password that is under way: what it brings decides, not what is refused meanwhile. */
  let changing: Promise<unknown> | null = null;

  function enter({ token, user }: Grant): void {
    jwt = token;
    current.set({ status: 'signed-in', user });
    onToken();
  }

  async function change<T>(task: () => Promise<T>): Promise<T> {
    const running = task();
    changing = running;
    try {
      return await running;
    } finally {
      if (changing === running) changing = null;
    }
  }

  function leave(status: 'signed-out' | 'expired'): void {
    jwt = null;
    current.set({ status, user: status === 'expired' ? current.get().user : null });
    onOver();
  }

  /** By the cookie; null where it is not (or no longer) good, or has become somebody else's. */
  const fetchGrant = singleFlight(async (): Promise<Grant | null> => {
    try {
      return await call('POST /api/auth/token');
    } catch (error) {
      if (error instanceof ClientError && (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN')) {
        return null;
      }
      throw error;
    }
  });

  return {
    current,
    jwt: () => jwt,
    async token() {
      if (jwt === null) throw new ClientError('UNAUTHENTICATED', 'Nobody is signed in.', 401);
      return jwt;
    },
    async resume() {
      if (current.get().status === 'signed-in') return onToken();
      const grant = await fetchGrant();
      if (grant) enter(grant);
      else leave('signed-out');
    },
    adopt: (get) =>
      change(async () => {
        const grant = await get();
        enter(grant);
        return grant;
      }),
    async renew(used) {
      // Its failure is told to whoever asked for the change.
      await changing?.catch(() => undefined);
      if (jwt !== null && jwt !== used) return true;
      const { status, user } = current.get();
      if (status !== 'signed-in') return false;
      const grant = await fetchGrant();
      if (jwt !== used) return jwt !== null;
      if (!grant || grant.user.id !== user?.id) {
        leave('expired');
        return false;
      }
      jwt = grant.token;
      return true;
    },
    signOut: (end) =>
      change(async () => {
        await end();
        leave('signed-out');
      }),
  };
}
