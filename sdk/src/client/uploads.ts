import type { Attachment } from '../contract/attachments.ts';
import { backoff } from '../lib/backoff.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import type { RecordStore } from '../lib/record-store.ts';
import { createTimer } from '../lib/timer.ts';
import { ClientError } from './client-error.ts';
import { isWorthWaiting } from './outbox-rules.ts';
import type { UploadEntry, UploadItem } from './upload-entry.ts';

/** Files on their way: from the composer to the server, and with their message. */
export interface Uploads {
  /** Those of this tab's composers, and those of messages, in the order attached. */
  readonly items: Readable<readonly UploadItem[]>;
  /** Takes what earlier lives of the page left, and goes on. */
  start(): Promise<void>;
  stop(): void;
  /** Attaches a file in a chat's composer; it begins to go out at once. */
  add(entry: Pick<UploadEntry, 'id' | 'lane' | 'file' | 'name'>): void;
  /** What lies in the composer of these lanes goes with a message; answers which. */
  assign(lanes: ReadonlySet<string>, messageId: string): string[];
  /** A pending lane has become a chat. */
  moveLane(from: string, to: string): void;
  /** Sees to it that the server has these; answers how a message names them. Rejects with a `ClientError`. */
  named(ids: readonly string[] | undefined): Promise<{ attachments?: string[] }>;
  /** Tries a refused one again. */
  retry(id: string): void;
  /** Throws one away, here and on the server. */
  remove(id: string): void;
  /** Their message is done: nothing of them is kept here. */
  settle(ids: readonly string[]): void;
  /** The way is free again. */
  kick(): void;
  /** Throws away what these have attached, and nobody else. */
  clear(owners: ReadonlySet<string>): Promise<void>;
}

export interface UploadsOptions {
  owner(): string;
  /** As in the outbox. */
  isOwner?(name: string): boolean;
  /** This tab's name, the same after a reload. */
  tab: string;
  records: RecordStore<UploadEntry>;
  send(entry: UploadEntry, onProgress: (part: number) => void, signal: AbortSignal): Promise<Attachment>;
  /** Tells the server to throw an upload away. */
  discard(attachmentId: string): Promise<unknown>;
}

const WAIT = { base: 2_000, cap: 60_000 };
/** The server forgets what no message names after a day: after this time (ms) it is asked again. */
const FRESH = 20 * 60 * 60 * 1000;
/** What lies in the composer of a tab that was closed is kept so long, in milliseconds. */
const KEPT = 24 * 60 * 60 * 1000;

/**
 * Uploads, one at a time, each tried until the server has it or refuses it.
 *
 * @example
 * const uploads = createUploads({ owner, tab, records, send, discard });
 * uploads.add({ id: randomId(), lane: chatId, file, name: file.name });
 */
export function createUploads({ owner, isOwner, tab, records, send, discard }: UploadsOptions): Uploads {
  const items = createReadable<readonly UploadItem[]>([]);
  const running = new Map<string, { done: Promise<Attachment>; controller: AbortController }>();
  const timer = createTimer();
  let started = false;
  let attempts = 0;

  const find = (id: string) => items.get().find(({ entry }) => entry.id === id);

  /** The entry in the owner's name, null for another's. What the server has of it under an earlier name is sent again. */
  function ownOf(entry: UploadEntry): UploadEntry | null {
    if (entry.owner === owner()) return entry;
    if (!isOwner?.(entry.owner)) return null;
    const named = { ...entry, owner: owner(), attachment: null };
    void records.put(entry.id, named);
    return named;
  }

  function change(id: string, part: Partial<UploadEntry>, progress?: number): void {
    const known = find(id);
    if (!known) return;
    const entry = { ...known.entry, ...part };
    const next = { entry, progress: progress ?? known.progress };
    items.set(items.get().map((item) => (item === known ? next : item)));
    if (Object.keys(part).length > 0) void records.put(id, entry);
  }

  function forget(id: string): Promise<void> {
    running.get(id)?.controller.abort();
    if (find(id)) items.set(items.get().filter(({ entry }) => entry.id !== id));
    return records.delete(id);
  }

  /** @throws ClientError UNAVAILABLE where they cannot be read: the message that they are of waits. */
  async function stored(): Promise<UploadEntry[]> {
    try {
      return await records.all();
    } catch {
      throw new ClientError('UNAVAILABLE', 'The files on this device cannot be read at the moment.', 0);
    }
  }

  /** One attempt; whoever asks meanwhile shares it. */
  function attempt(entry: UploadEntry): Promise<Attachment> {
    const known = running.get(entry.id);
    if (known) return known.done;
    const controller = new AbortController();
    const done = upload(entry, controller.signal).finally(() => running.delete(entry.id));
    running.set(entry.id, { done, controller });
    return done;
  }

  async function upload(entry: UploadEntry, signal: AbortSignal): Promise<Attachment> {
    change(entry.id, { failure: null }, 0);
    try {
      const attachment = await send(entry, (part) => change(entry.id, {}, part), signal);
      change(entry.id, { attachment, uploadedAt: Date.now() }, 1);
      return attachment;
    } catch (thrown) {
      const error =
        thrown instanceof ClientError
          ? thrown
          : new ClientError('INTERNAL', 'The file could not be sent.', 0);
      const { code, message, status, details } = error;
      if (!isWorthWaiting(error))
        change(entry.id, { failure: { code, message, status, ...(details ? { details } : {}) } });
      throw error;
    }
  }

  /** What lies in composers goes out ahead of its message; what has one is asked for by the outbox. */
  function pump(): void {
    timer.clear();
    const isNext = ({ messageId, attachment, failure }: UploadEntry) => !messageId && !attachment && !failure;
    const next = items.get().find(({ entry }) => isNext(entry));
    if (!started || !next || running.size > 0) return;
    attempt(next.entry).then(
      () => {
        attempts = 0;
        pump();
      },
      (error: unknown) => {
        if (!(error instanceof ClientError) || !isWorthWaiting(error)) return pump();
        timer.set(Math.max(500, backoff(attempts, WAIT)), pump);
        attempts += 1;
      },
    );
  }

  return {
    items,
    async start() {
      started = true;
      items.set(
        items.get().flatMap((item) => {
          const entry = ownOf(item.entry);
          return entry ? [entry === item.entry ? item : { ...item, entry }] : [];
        }),
      );
      // What cannot be read now is looked for when its message goes out.
      const stored = await records.all().catch(() => []);
      for (const entry of stored.sort((a, b) => a.addedAt - b.addedAt)) {
        const isHere = entry.messageId !== null || entry.tab === tab;
        if (!isHere && Date.now() - entry.addedAt > KEPT) void records.delete(entry.id);
        const own = isHere && !find(entry.id) ? ownOf(entry) : null;
        if (own) items.set([...items.get(), { entry: own, progress: own.attachment ? 1 : 0 }]);
      }
      pump();
    },
    stop() {
      started = false;
      timer.clear();
      for (const { controller } of running.values()) controller.abort();
    },
    add({ id, lane, file, name }) {
      const fresh = { messageId: null, attachment: null, uploadedAt: 0, failure: null };
      const entry = { id, owner: owner(), tab, lane, file, name, addedAt: Date.now(), ...fresh };
      items.set([...items.get(), { entry, progress: 0 }]);
      void records.put(id, entry);
      pump();
    },
    assign(lanes, messageId) {
      const waiting = items.get().filter(({ entry }) => !entry.messageId && lanes.has(entry.lane));
      for (const { entry } of waiting) change(entry.id, { messageId });
      return waiting.map(({ entry }) => entry.id);
    },
    moveLane(from, to) {
      for (const { entry } of items.get()) if (entry.lane === from) change(entry.id, { lane: to });
    },
    async named(ids = []) {
      const brought: string[] = [];
      for (const id of ids) {
        // Another tab may have taken over what this one attached.
        const entry = find(id)?.entry ?? (await stored()).find((one) => one.id === id);
        if (!entry) {
          throw new ClientError(
            'VALIDATION_FAILED',
            'The file is no longer on this device. Attach it again.',
            0,
          );
        }
        const isThere = entry.attachment && Date.now() - entry.uploadedAt < FRESH;
        const attachment = isThere ? entry.attachment : await attempt(entry);
        if (attachment) brought.push(attachment.id);
      }
      return brought.length > 0 ? { attachments: brought } : {};
    },
    retry(id) {
      change(id, { failure: null });
      pump();
    },
    remove(id) {
      const attachment = find(id)?.entry.attachment;
      void forget(id);
      // Where the server does not hear of it, it forgets the file by itself.
      if (attachment) discard(attachment.id).catch(() => undefined);
      pump();
    },
    settle: (ids) => ids.forEach((id) => void forget(id)),
    kick: pump,
    async clear(owners) {
      const forgetTheirs = (all: readonly UploadEntry[]) =>
        Promise.all(all.map(({ id, owner: writer }) => owners.has(writer) && forget(id)));
      await forgetTheirs(items.get().map(({ entry }) => entry));
      await forgetTheirs(await records.all().catch(() => []));
    },
  };
}
