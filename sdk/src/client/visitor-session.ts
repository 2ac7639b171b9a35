import type { VisitorSession, widgetEndpoints } from '../contract/widget.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import { singleFlight } from '../lib/single-flight.ts';
import type { KeyValueStore } from '../lib/storage.ts';
import type { Call } from './call.ts';
import { ClientError } from './client-error.ts';
import type { OpeningForm } from './open-chat-input.ts';
import { claimOf } from './token-claim.ts';

/** Who the visitor is, kept on this device. */
export interface VisitorSessions {
  readonly current: Readable<VisitorSession | null>;
  hasStored(): boolean;
  /** Who writes now: the customer's id, else what stands for them until the server names them; '' for nobody known. */
  writer(): string;
  /** The names under which the present writer has written: theirs from before they were known among them. */
  names(): ReadonlySet<string>;
  /** Is what this one wrote the present writer's? */
  isWriter(name: string): boolean;
  /** An opening has come to this chat: the server knows of the customer what it said. */
  learn(said: OpeningForm, chat: VisitorSession['chat']): void;
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
  const subject = claimOf(identity, 'sub');
  /** Under this is `<customer>:<sub>`: whom a site has named, and which customer that is. */
  const subjectKey = `${storageKey}:sub`;
  /** Names under which the present customer wrote before. */
  const former = new Set(['']);
  /** Grows with each `forget`, so that an answer that was under way brings nobody back. */
  let life = 0;

  function writer(): string {
    const known = current.get();
    if (known) return known.customer.id;
    const stored = claimOf(storage.get(storageKey), 'customerId') ?? '';
    // With an identity it is the site that says who this is, whomever the stored token is of.
    const isStored = subject === null || storage.get(subjectKey) === `${stored}:${subject}`;
    return isStored ? stored : `sub:${subject}`;
  }

  const open = singleFlight(async () => {
    const mine = life;
    const before = writer();
    // An anonymous visitor may be given another id (their token was too old); a person that a site named may not.
    const isSame = subject !== null || !storage.get(subjectKey)?.startsWith(`${before}:`);
    const visitorToken = current.get()?.visitorToken ?? storage.get(storageKey);
    const session = await call('POST /api/widget/session', {
      body: { siteKey: site, ...(visitorToken ? { visitorToken } : {}), ...(identity ? { identity } : {}) },
    });
    if (mine !== life) throw new ClientError('UNAUTHENTICATED', 'The visitor has been forgotten.', 0);
    if (isSame) former.add(before);
    storage.set(storageKey, session.visitorToken);
    if (subject !== null) storage.set(subjectKey, `${session.customer.id}:${subject}`);
    current.set(session);
    return session;
  });

  const names = () => new Set([...former, writer()]);

  return {
    current,
    hasStored: () => storage.get(storageKey) !== null,
    writer,
    names,
    isWriter: (name) => names().has(name),
    learn({ name, email }, chat) {
      const known = current.get();
      if (!known) return;
      const { customer } = known;
      const said = { name: name || customer.name, email: email || customer.email };
      // What a site has signed of its customer stands.
      current.set({ ...known, chat, customer: customer.verified ? customer : { ...customer, ...said } });
    },
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
      storage.remove(subjectKey);
      former.clear();
      former.add('');
      current.set(null);
    },
  };
}

/** The site is gone, or does not want this page or this identity: asking again is of no use. */
const FINAL = new Set<string>(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION_FAILED']);
