import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type {
  AgentClient,
  AgentSession,
  ChangePasswordInput,
  LoginInput,
  ResetPasswordInput,
  Session,
  SessionUser,
  SetupInput,
} from '@wzatco/sdk';
import { failureText } from './failure-text.ts';
import { follow } from './follow.ts';
import { clearDrafts } from './drafts.ts';

export type { Session, SessionUser };

/** Who is signed in, and every way in and out. */
export interface SessionModel {
  status: ReadonlySignal<AgentSession['status']>;
  user: ReadonlySignal<SessionUser | null>;
  /** Why the console could not begin, e.g. no server answers. */
  startFailure: ReadonlySignal<string | null>;
  start(): Promise<void>;
  setupNeeded(): Promise<boolean>;
  setup(input: SetupInput): Promise<void>;
  login(input: LoginInput): Promise<void>;
  acceptInvitation(input: ResetPasswordInput): Promise<void>;
  /** Signs out; what was drafted is thrown away, since the next person is another. */
  logout(): Promise<void>;
  changePassword(input: ChangePasswordInput): Promise<void>;
  sessions(): Promise<Session[]>;
  revokeSession(id: string): Promise<void>;
  revokeOtherSessions(): Promise<number>;
}

export function createSessionModel(client: AgentClient): SessionModel {
  const session = follow(client.session).value;
  const startFailure = signal<string | null>(null);
  return {
    status: computed(() => session.value.status),
    user: computed(() => session.value.user),
    startFailure,
    async start() {
      startFailure.value = null;
      try {
        await client.start();
      } catch (error) {
        startFailure.value = failureText(error);
      }
    },
    setupNeeded: () => client.auth.setupNeeded(),
    setup: async (input) => void (await client.auth.setup(input)),
    login: async (input) => void (await client.auth.login(input)),
    acceptInvitation: async (input) => void (await client.auth.resetPassword(input)),
    async logout() {
      await client.auth.logout();
      clearDrafts();
    },
    changePassword: async (input) => void (await client.auth.changePassword(input)),
    sessions: () => client.auth.sessions(),
    revokeSession: (id) => client.auth.revokeSession(id),
    revokeOtherSessions: () => client.auth.revokeOtherSessions(),
  };
}
