import type { ChatSnapshot } from '../contract/chats.ts';
import type { VisitorSession } from '../contract/widget.ts';
import { randomId } from '../lib/random-id.ts';
import { createReadable, type Readable } from '../lib/readable.ts';
import type { Call } from './call.ts';
import type { ChatEndpoints } from './chat-endpoints.ts';
import { type Opening, watchOpening } from './chat-opening.ts';
import type { ChatStore } from './chat-store.ts';
import { createChatStore, type OwnedChatStore } from './create-chat-store.ts';
import { checkText } from './message-checks.ts';
import type { Outbox } from './outbox.ts';
import type { OpenChatInput } from './open-chat-input.ts';
import { isPendingLane, type OutboxEntry, pendingLane } from './outbox-entry.ts';
import { firstOf } from './outbox-rules.ts';
import type { Realtime } from './realtime.ts';
import { socketElseHttp } from './socket-else-http.ts';
import type { Transport } from './transport.ts';
import type { Uploads } from './uploads.ts';
import type { VisitorSessions } from './visitor-session.ts';

/** Which chat a visitor sees, and how it comes to be. */
export interface VisitorChats {
  readonly current: Readable<ChatStore | null>;
  /** Shows the chat that a session names, unless a live one is shown. Another customer's is taken away. */
  follow(session: VisitorSession | null): void;
  /** Shows what an earlier life of the page left to be sent: an opening, else the chat that it is for. */
  resume(): void;
  open(input: OpenChatInput): Promise<ChatStore>;
  /** Brings an entry of the outbox to the server; answers its chat. */
  deliver(entry: OutboxEntry): Promise<string>;
  forget(): void;
  /** Nobody waits for an opening any more. */
  stop(): void;
}

export interface VisitorChatsOptions {
  call: Call<ChatEndpoints>;
  realtime: Realtime;
  outbox: Outbox;
  uploads: Uploads;
  download: Transport['download'];
  /** `open` asks the server which chat this visitor has; `follow` is then told. */
  sessions: Pick<VisitorSessions, 'current' | 'open' | 'learn'>;
}

/** An address beyond the contract's limit must not keep the chat from being opened. */
const PAGE_ADDRESS = 2_048;

export function createVisitorChats({
  call,
  realtime,
  outbox,
  uploads,
  download,
  sessions,
}: VisitorChatsOptions): VisitorChats {
  const current = createReadable<OwnedChatStore | null>(null);
  const openings = new Map<string, Opening>();
  let customerId: string | null = null;
  /** A chat of this customer that was heard of while one of ours was being opened. */
  let discovered: string | null = null;

  function makeStore(id: string): OwnedChatStore {
    return createChatStore({
      id,
      viewer: () => ({ side: 'customer', id: null, name: sessions.current.get()?.customer.name ?? '' }),
      call,
      realtime,
      outbox,
      uploads,
      download,
      attach: 'join_chat',
      // A customer has one conversation: what waits behind an opening is not hidden from them by the chat it comes to.
      showsLane: isPendingLane,
      onDispose(store) {
        if (current.get() === store) current.set(null);
      },
    });
  }

  function show(id: string): OwnedChatStore {
    const shown = current.get();
    if (shown?.id === id) return shown;
    const store = makeStore(id);
    current.set(store);
    shown?.dispose();
    return store;
  }

  /** Can one write in it? Not in one that has ended, or that the server has lost. */
  function isLive(store: OwnedChatStore | null): boolean {
    const state = store?.state.get();
    return state !== undefined && state.status !== 'closed' && state.error?.code !== 'NOT_FOUND';
  }

  /** The pending lane from which something goes out; a refused opening lets nothing pass. */
  function laneUnderWay(): string | undefined {
    const entries = outbox.entries.get();
    return entries.find(({ lane }) => isPendingLane(lane) && firstOf(entries, lane))?.lane;
  }

  /** Does the server refuse to open what is shown? */
  function isRefused(): boolean {
    return isPendingLane(current.get()?.id ?? '') && !laneUnderWay();
  }

  /** A chat that was opened elsewhere: in another tab, on another device. */
  function discover({ chatId }: { chatId: string }): void {
    if (laneUnderWay()) discovered = chatId;
    else if (!isLive(current.get()) || isRefused()) show(chatId);
  }

  /** What is written behind an opening belongs to its chat, although nobody has been shown it yet. */
  function openingUnderWay(): OwnedChatStore | null {
    const lane = laneUnderWay();
    return lane ? show(lane) : null;
  }

  /** An opening was discarded by a person, or brought over by another tab. */
  function dropPending(entries: readonly OutboxEntry[]): void {
    const shown = current.get();
    if (!shown || !isPendingLane(shown.id) || entries.some((entry) => entry.lane === shown.id)) return;
    shown.dispose();
    if (discovered) show(discovered);
    // The event that told of the chat may have come before this tab listened; a later heartbeat tells it again.
    else sessions.open().catch(() => undefined);
  }

  outbox.entries.subscribe(dropPending);
  realtime.on('chat_joined', discover);
  realtime.on('new_message', discover);
  realtime.on('agent_joined', discover);
  realtime.on('queue_update', discover);
  // The open ones come first; of several that have ended the last one is shown by the session.
  realtime.on('heartbeat', ({ chats: [first] }) => first && !isRefused() && discover(first));

  function opened(entry: OutboxEntry, snapshot: ChatSnapshot): void {
    const pending = current.get()?.id === entry.lane ? current.get() : null;
    const store = pending ?? (current.get()?.id === snapshot.chatId ? current.get() : null);
    if (store) store.adopt(snapshot);
    else show(snapshot.chatId).adopt(snapshot);
    const { chatId: id, status, lastSeq } = snapshot;
    sessions.learn(entry.opening ?? {}, { id, status, lastSeq });
    openings.get(entry.id)?.opened(snapshot);
  }

  async function deliverOpening(entry: OutboxEntry): Promise<string> {
    const attached = await uploads.named(entry.attachments);
    const input = { ...entry.opening, message: entry.text, clientMessageId: entry.id, ...attached };
    const snapshot = await socketElseHttp(
      () => realtime.request('join_chat', input),
      () => call('POST /api/chats', { body: input }),
    );
    opened(entry, snapshot);
    return snapshot.chatId;
  }

  return {
    current,
    follow(next) {
      if (!next) return;
      const isOther = customerId !== null && customerId !== next.customer.id;
      customerId = next.customer.id;
      if (isOther && !isPendingLane(current.get()?.id ?? '')) current.get()?.dispose();
      const { chat } = next;
      const isFree = !isLive(current.get()) || current.get()?.state.get().loading;
      if (chat && (isFree || (isRefused() && chat.status !== 'closed'))) show(chat.id);
    },
    resume() {
      const entries = outbox.entries.get();
      const refused = entries.find(({ lane }) => isPendingLane(lane));
      const waiting = entries.findLast(({ failure }) => !failure);
      const lane = laneUnderWay() ?? (waiting ?? refused)?.lane;
      if (lane && !isLive(current.get())) show(lane);
    },
    async open({ message, replaces, ...form }) {
      checkText(message);
      const refused = outbox.entries.get().find(({ id, failure }) => failure && id === replaces);
      const shown = current.get();
      const live = !isRefused() && isLive(shown) ? shown : openingUnderWay();
      if (live && !refused) {
        live.send(message);
        return live;
      }
      const id = randomId();
      const lane = refused?.lane ?? pendingLane(id);
      const opening = watchOpening(outbox, id, () => show(lane));
      openings.set(id, opening);
      const page = form.page?.slice(0, PAGE_ADDRESS);
      const entry = { id, text: message, opening: { ...form, ...(page ? { page } : {}) } };
      if (refused) outbox.amend(refused.id, entry);
      else outbox.add({ ...entry, lane });
      const outcome = await opening.outcome;
      openings.delete(id);
      if (outcome.kind === 'opened') return show(outcome.snapshot.chatId);
      if (outcome.kind === 'pending') return current.get() ?? makeStore(lane);
      // Whoever filled in the form still has it before them; what waits behind an earlier one needs its place kept.
      if (!refused) outbox.discard(id);
      throw outcome.error;
    },
    async deliver(entry) {
      // What was written behind an opening that another tab has brought over opens, or joins, as well.
      if (isPendingLane(entry.lane)) return deliverOpening(entry);
      const attached = await uploads.named(entry.attachments);
      const body = { message: entry.text, clientMessageId: entry.id, ...attached };
      const message = await socketElseHttp(
        () => realtime.request('send_message', { chatId: entry.lane, ...body }),
        () => call('POST /api/chats/:id/messages', { params: { id: entry.lane }, body }),
      );
      if (current.get()?.id === entry.lane) current.get()?.receive(message);
      return entry.lane;
    },
    forget() {
      customerId = null;
      discovered = null;
      current.get()?.dispose();
    },
    stop() {
      for (const opening of openings.values()) opening.stop();
    },
  };
}
