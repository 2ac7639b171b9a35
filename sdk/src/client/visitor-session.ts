import type { VisitorSession, widgetEndpoints } from '../contract/widget.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import { singleFlight } from '../lib/single-flight.ts';
import type { KeyValueStore } from '../lib/storage.ts';
import type { Call } from './call.ts';
import { ClientError } from './client-error.ts';

/** Who the visitor is, kept on this device. */
export interface VisitorSessions {
  readonly current: Readable<VisitorSession | null>;
  hasStored(): boolean;
  /** Gets or renews the token. Calls that overlap share one request. */
  open(): Promise<VisitorSession>;
  /** The token, got where there is none yet. */
  token(): Promise<string>;
  /** After `used` was refused: is there another now? False where the server wants to know nothing of us. */
  renew(used: string | null): Promise<boolean>;
  /** Forgets the visitor on this device. */
  forget(): void;
}

export interface VisitorSessionOptions {
  call: Call<typeof widgetEndpoints>;
  site: string;
  identity: string | undefined;
  storage: KeyValueStore;
  /** What the token is stored under. */
  storageKey: string;
}

/**
 * The visitor's session. An invalid token is answered by the server with a new visitor, never with a failure.
 *
 * @example
 * const sessions = createVisitorSessions({ call, site: 'default', identity: undefined, storage, storageKey });
 * const { customer } = await sessions.open();
 */
export function createVisitorSessions(options: VisitorSessionOptions): VisitorSessions {
  const { call, site, identity, storage, storageKey } = options;
  const current = createReadable<VisitorSession | null>(null);
  /** Grows with each `forget`, so that an answer that was under way brings nobody back. */
  let life = 0;

  const open = singleFlight(async () => {
    const mine = life;
    const visitorToken = current.get()?.visitorToken ?? storage.get(storageKey);
    const session = await call('POST /api/widget/session', {
      body: { siteKey: site, ...(visitorToken ? { visitorToken } : {}), ...(identity ? { identity } : {}) },
    });
    if (mine !== life) throw new ClientError('UNAUTHENTICATED', 'The visitor has been forgotten.', 0);
    storage.set(storageKey, session.visitorToken);
    current.set(session);
    return session;
  });

  return {
    current,
    hasStored: () => storage.get(storageKey) !== null,
    open,
    token: async () => (current.get() ?? (await open())).visitorToken,
    async renew(used) {
      const now = current.get()?.visitorToken;
      if (now && now !== used) return true;
      try {
        await open();
        return true;
      } catch (error) {
        if (error instanceof ClientError && FINAL.has(error.code)) return false;
        throw error;
      }
    },
    forget() {
      life += 1;
      storage.remove(storageKey);
      current.set(null);
    },
  };
}

/** The site is gone, or does not want this page or this identity: asking again is of no use. */
const FINAL = new Set<string>(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED']);
