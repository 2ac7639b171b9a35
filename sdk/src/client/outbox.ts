import type { Exclusive } from '../lib/exclusive.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import type { RecordStore } from '../lib/record-store.ts';
import { createTimer } from '../lib/timer.ts';
import { ClientError } from './client-error.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import {
  afterFailure,
  afterKick,
  afterRetry,
  AT_ONCE,
  byWriting,
  dueAt,
  dueLanes,
  headOf,
} from './outbox-rules.ts';

/** Everything written and not yet acknowledged. */
export interface Outbox {
  /** In the order written. */
  readonly entries: Readable<readonly OutboxEntry[]>;
  /** Takes what other tabs and earlier lives of the page left, and begins to send. */
  start(): Promise<void>;
  /** Sends nothing more; what is kept stays. */
  stop(): void;
  add(entry: Pick<OutboxEntry, 'id' | 'lane' | 'text' | 'opening' | 'attachments'>): void;
  /** Puts this in the place of a refused one, which is discarded: what was written behind that goes out behind this. */
  amend(refusedId: string, next: Pick<OutboxEntry, 'id' | 'text' | 'opening'>): void;
  /** The server has it (it was seen in the chat): done. */
  settle(id: string): void;
  /** A pending lane has become a chat. */
  moveLane(from: string, to: string): void;
  retry(id: string): void;
  discard(id: string): void;
  /** The way is free again: what waited for it goes out now. */
  kick(): void;
  /** Throws away what these have written, and nobody else. */
  clear(owners: ReadonlySet<string>): Promise<void>;
}

export interface OutboxOptions {
  /** Names the locks between tabs. */
  name: string;
  /** Whose entries are sent and shown; asked at each `start`. */
  owner(): string;
  /** Are the entries of this one the owner's too, written before they were known? They then become the owner's. */
  isOwner?(name: string): boolean;
  records: RecordStore<OutboxEntry>;
  exclusive: Exclusive;
  /**
   * Brings one entry to the server; answers the chat it is in. Rejects with a `ClientError`.
   * It has handed the stored message on before it answers, so that nothing flickers.
   */
  deliver(entry: OutboxEntry): Promise<string>;
  /** It is delivered, or was discarded: what belongs to it can go. */
  onGone?(entry: OutboxEntry): void;
}

/**
 * The outbox: lanes (chats) are each in order, one attempt at a time, one tab at a time; independent, except that
 * what is written before and after an opening keeps its order.
 *
 * @example
 * const outbox = createOutbox({ name, owner, records, exclusive, deliver });
 * await outbox.start();
 * outbox.add({ id: randomId(), lane: chatId, text: 'Hello', opening: null });
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { name, records, exclusive, deliver } = options;
  const entries = createReadable<readonly OutboxEntry[]>([]);
  const timer = createTimer();
  const sending = new Set<string>();
  /** Settled or discarded here: what an older read of the storage still holds must not come back. */
  const gone = new Set<string>();
  let started = false;
  let owner = '';
  let order = 0;

  function replace(next: OutboxEntry): void {
    const rest = entries.get().filter((entry) => entry.id !== next.id);
    entries.set([...rest, next].sort(byWriting));
    void records.put(next.id, next);
  }

  const find = (id: string) => entries.get().find((entry) => entry.id === id);

  function forget(id: string): Promise<void> {
    gone.add(id);
    if (find(id)) entries.set(entries.get().filter((entry) => entry.id !== id));
    return records.delete(id);
  }

  function remove(id: string): void {
    const known = find(id);
    void forget(id);
    if (known) options.onGone?.(known);
  }

  /** What waited behind it need not wait until it would have been tried again. */
  function removeAndGoOn(id: string): void {
    remove(id);
    pump();
  }

  /** Brings in what is stored and not known here; what this tab knows is newer than what it reads. */
  async function takeStored(): Promise<void> {
    // What cannot be read now is taken the next time.
    const stored = await records.all().catch(() => []);
    const known = new Set([...gone, ...entries.get().map((entry) => entry.id)]);
    const found = ownOf(stored.filter(({ id }) => !known.has(id) && known.add(id)));
    if (found.length > 0) entries.set([...entries.get(), ...found].sort(byWriting));
  }

  /** Those that are the owner's, in their name. */
  function ownOf(all: readonly OutboxEntry[]): OutboxEntry[] {
    const own = all.filter((entry) => entry.owner === owner || options.isOwner?.(entry.owner));
    return own.map((entry) => {
      if (entry.owner === owner) return entry;
      const named = { ...entry, owner };
      void records.put(entry.id, named);
      return named;
    });
  }

  /** Another tab may have delivered what this one still shows. Where that is not known it has not: the server takes each once. */
  async function isStillStored(id: string): Promise<boolean> {
    const stored = await records.all().catch(() => null);
    return !stored || stored.some((entry) => entry.id === id);
  }

  async function attempt(entry: OutboxEntry): Promise<void> {
    try {
      const lane = await deliver(entry);
      if (lane !== entry.lane) moveLane(entry.lane, lane);
      remove(entry.id);
    } catch (error) {
      const failure =
        error instanceof ClientError
          ? error
          : new ClientError('INTERNAL', 'The message could not be sent.', 0);
      const current = find(entry.id);
      if (current) replace(afterFailure(current, failure, Date.now()));
    }
  }

  function moveLane(from: string, to: string): void {
    for (const entry of entries.get()) if (entry.lane === from) replace({ ...entry, lane: to });
  }

  async function drain(lane: string): Promise<void> {
    await takeStored();
    for (;;) {
      const head = headOf(entries.get(), lane);
      if (!started || !head || dueAt(head, Date.now()) > Date.now()) return;
      if (await isStillStored(head.id)) await attempt(head);
      else remove(head.id);
    }
  }

  function pump(): void {
    timer.clear();
    if (!started) return;
    const now = Date.now();
    const waiting = dueLanes(entries.get(), now).filter(({ lane }) => !sending.has(lane));
    for (const { lane, at } of waiting) {
      if (at > now) continue;
      sending.add(lane);
      void exclusive(`${name}:${lane}`, () => drain(lane)).finally(() => {
        sending.delete(lane);
        pump();
      });
    }
    const later = waiting.filter(({ at }) => at > now).map(({ at }) => at);
    if (later.length > 0) timer.set(Math.min(...later) - now, pump);
  }

  return {
    entries,
    async start() {
      started = true;
      owner = options.owner();
      entries.set(ownOf(entries.get()));
      await takeStored();
      pump();
    },
    stop() {
      started = false;
      timer.clear();
    },
    add(entry) {
      // Neither a clock that is set back nor a new life of the page brings it before what was written earlier.
      order = Math.max(order, ...entries.get().map((known) => known.order)) + 1;
      const writtenAt = Math.max(Date.now(), ...entries.get().map((known) => known.writtenAt));
      replace({ ...entry, owner: options.owner(), writtenAt, order, failure: null, ...AT_ONCE });
      pump();
    },
    amend(refusedId, next) {
      const refused = find(refusedId);
      if (!refused) return;
      replace({ ...afterRetry(refused), ...next });
      void forget(refusedId);
      pump();
    },
    settle: removeAndGoOn,
    moveLane,
    discard: removeAndGoOn,
    retry(id) {
      const entry = find(id);
      if (entry) replace(afterRetry(entry));
      pump();
    },
    kick() {
      for (const entry of entries.get()) {
        const next = afterKick(entry);
        if (next !== entry) replace(next);
      }
      void takeStored().then(pump);
    },
    async clear(owners) {
      const forgetTheirs = (all: readonly OutboxEntry[]) =>
        Promise.all(all.map(({ id, owner: writer }) => owners.has(writer) && forget(id)));
      await forgetTheirs(entries.get());
      await forgetTheirs(await records.all().catch(() => []));
    },
  };
}
