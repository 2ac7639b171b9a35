import type { Chat, ChatSnapshot, Message } from '../contract/chats.ts';
import { backoff } from '../lib/backoff.ts';
import { createTimer } from '../lib/timer.ts';
import type { Call } from './call.ts';
import type { ChatEndpoints } from './chat-endpoints.ts';
import type { ChatState } from './chat-state.ts';
import { ClientError } from './client-error.ts';
import { isRetryable } from './outbox-rules.ts';
import type { Realtime } from './realtime.ts';
import { hasGap, missesChanges, type Counters, type Timeline } from './timeline.ts';

/** The chat whose completeness is kept. */
export interface SyncTarget {
  chatId(): string;
  timeline(): Timeline;
  status(): ChatState['status'];
  placeNewest(chat: Chat, page: readonly Message[], counters: Counters): void;
  placeSnapshot(snapshot: ChatSnapshot): void;
  /** Complete again, as far as is known. */
  complete(): void;
  fail(error: ClientError): void;
}

/** Keeps a chat complete: loads it, attaches it to each new connection, fetches what is missing. */
export interface ChatSync {
  /** Something may be missing: find out and fetch it. Cheap where nothing is. */
  run(): void;
  /** A new connection knows nothing of the chat. */
  detach(): void;
  /** What is here is doubted although the connection lives. */
  doubt(): void;
  stop(): void;
}

/** How many messages are fetched at first, and with each step back. */
export const PAGE = 50;
/** `before` this `seq` lies every message. */
const NEWEST = 2_000_000_000;
const RETRY = { base: 1_000, cap: 15_000 };

/**
 * @param attach what tells the server that this connection follows the chat
 * @example
 * const sync = createChatSync({ target, call, realtime, attach: 'watch_chat' });
 * sync.run();
 */
export function createChatSync({
  target,
  call,
  realtime,
  attach,
}: {
  target: SyncTarget;
  call: Call<ChatEndpoints>;
  realtime: Realtime;
  attach: 'join_chat' | 'watch_chat';
}): ChatSync {
  const retry = createTimer();
  let running = false;
  let again = false;
  let attached = false;
  let doubted = false;
  let stopped = false;
  let failures = 0;
  /** Grows with each lost connection: an answer of an older one attaches nothing. */
  let connection = 0;

  async function load(): Promise<void> {
    const params = { id: target.chatId() };
    const [chat, page] = await Promise.all([
      call('GET /api/chats/:id', { params }),
      call('GET /api/chats/:id/messages', { params, query: { before: NEWEST, limit: PAGE } }),
    ]);
    if (!stopped) target.placeNewest(chat, page.messages, page);
  }

  /** One page of catching up; did it help, and is there more? */
  async function fetchMissing(): Promise<boolean> {
    const before = target.timeline();
    const mine = connection;
    const where = { chatId: target.chatId(), afterSeq: before.upTo, afterRev: before.rev };
    // An ended chat cannot be joined again, and needs not: nothing more will come.
    const isOver = attach === 'join_chat' && target.status() === 'closed';
    const event = attached || isOver ? 'sync_chat' : attach;
    doubted = false;
    const snapshot = await realtime.request(event, where);
    if (stopped) return false;
    if (mine === connection) attached = true;
    target.placeSnapshot(snapshot);
    const { upTo, rev } = target.timeline();
    return (upTo > before.upTo || rev > before.rev) && (snapshot.hasMore || isIncomplete());
  }

  const isIncomplete = () => hasGap(target.timeline()) || missesChanges(target.timeline());

  async function reconcile(): Promise<void> {
    if (!target.timeline().loaded) await load();
    if (stopped || realtime.state.get() !== 'online') return;
    if (!attached || doubted || isIncomplete()) {
      let goOn = await fetchMissing();
      while (goOn) goOn = await fetchMissing();
    }
    if (!stopped && attached && !hasGap(target.timeline())) target.complete();
  }

  async function loop(): Promise<void> {
    running = true;
    retry.clear();
    try {
      do {
        again = false;
        await reconcile();
        failures = 0;
      } while (again);
    } catch (error) {
      const failure =
        error instanceof ClientError
          ? error
          : new ClientError('INTERNAL', 'The chat could not be loaded.', 0);
      if (stopped) return;
      if (!isRetryable(failure)) target.fail(failure);
      else if (realtime.state.get() !== 'stopped') retry.set(backoff(failures++, RETRY), run);
    } finally {
      running = false;
    }
  }

  function run(): void {
    if (stopped) return;
    if (running) again = true;
    else void loop();
  }

  return {
    run,
    detach() {
      connection += 1;
      attached = false;
      retry.clear();
    },
    doubt() {
      doubted = true;
      run();
    },
    stop() {
      stopped = true;
      again = false;
      retry.clear();
    },
  };
}
