import type { ChatSnapshot, Message } from '../contract/chats.ts';
import { randomId } from '../lib/random-id.ts';
import { createReadable } from '../lib/readable.ts';
import { singleFlight } from '../lib/single-flight.ts';
import type { Call } from './call.ts';
import type { ChatEndpoints } from './chat-endpoints.ts';
import { NO_FACTS, withEnd, withRead, withTold } from './chat-facts.ts';
import type { ChatStore } from './chat-store.ts';
import { createChatSync, PAGE } from './chat-sync.ts';
import { type ChatParts, isOwn, viewChat, type Viewer } from './chat-view.ts';
import { ClientError } from './client-error.ts';
import { followChat } from './follow-chat.ts';
import { keepUnchanged } from './keep-unchanged.ts';
import type { Outbox } from './outbox.ts';
import { isPendingLane } from './outbox-entry.ts';
import { checkMessage, checkRoom, checkText, nameOf } from './message-checks.ts';
import { createReadMarker } from './read-marker.ts';
import type { Realtime } from './realtime.ts';
import {
  EMPTY_TIMELINE,
  hasGap,
  withCatchUp,
  withMessage,
  withNewestPage,
  withOlderPage,
} from './timeline.ts';
import type { Transport } from './transport.ts';
import { createTypingIndicator } from './typing-indicator.ts';
import { createTypingSender } from './typing-sender.ts';
import type { UploadItem } from './upload-entry.ts';
import type { Uploads } from './uploads.ts';

/** A store as the clients handle it. */
export interface OwnedChatStore extends ChatStore {
  /** A message that the server has stored, from wherever it came. */
  receive(message: Message): void;
  /** The pending chat has become this one. */
  adopt(snapshot: ChatSnapshot): void;
}

export interface ChatStoreOptions {
  /** A chat's id, or a pending lane. */
  id: string;
  viewer(): Viewer;
  call: Call<ChatEndpoints>;
  realtime: Realtime;
  outbox: Outbox;
  uploads: Uploads;
  download: Transport['download'];
  attach: 'join_chat' | 'watch_chat';
  /** Other lanes of the outbox that are shown here too. */
  showsLane?(lane: string): boolean;
  onDispose(store: OwnedChatStore): void;
}

/** A chat's store: the parts of its state, and what changes them. */
export function createChatStore(options: ChatStoreOptions): OwnedChatStore {
  const { viewer, call, realtime, outbox, uploads } = options;
  const lanes = new Set([options.id]);
  const isShown = ({ lane }: { lane: string }) => lanes.has(lane) || options.showsLane?.(lane) === true;
  /** Of another lane only what goes with a message: the composer is this chat's alone. */
  const isShownUpload = ({ entry }: UploadItem) =>
    lanes.has(entry.lane) || (entry.messageId !== null && isShown(entry));
  const typing = createTypingIndicator();
  let parts: ChatParts = {
    chatId: options.id,
    timeline: EMPTY_TIMELINE,
    facts: NO_FACTS,
    outgoing: outbox.entries.get().filter(isShown),
    uploads: uploads.items.get().filter(isShownUpload),
    typing: [],
    viewers: [],
    stale: false,
    error: null,
  };
  const state = createReadable(viewChat(parts, viewer()));

  function change(next: Partial<ChatParts>): void {
    parts = { ...parts, ...next };
    if (hasGap(parts.timeline) && parts.timeline.loaded) parts.stale = true;
    state.set(keepUnchanged(state.get(), viewChat(parts, viewer())));
  }

  const sync = createChatSync({
    target: {
      chatId: () => parts.chatId,
      timeline: () => parts.timeline,
      status: () => parts.facts.status,
      placeNewest(chat, page, counters) {
        const timeline = withNewestPage(parts.timeline, page, counters);
        change({ timeline, facts: withTold(parts.facts, chat), error: null });
        settleOwn(page);
      },
      placeSnapshot(snapshot) {
        const timeline = withCatchUp(parts.timeline, snapshot);
        change({ timeline, facts: withTold(parts.facts, snapshot), error: null });
        settleOwn(snapshot.messages);
      },
      complete() {
        if (parts.stale || parts.error) change({ stale: false, error: null });
        reads.flush();
      },
      fail: (error) => change({ error }),
    },
    call,
    realtime,
    attach: options.attach,
  });

  const reads = createReadMarker({
    known: () => parts.facts.read[viewer().side],
    async tell(seq) {
      const { side } = viewer();
      const told = await realtime.request('mark_read', { chatId: parts.chatId, userType: side, seq });
      change({ facts: withRead(parts.facts, side, told.seq) });
    },
  });

  const typingOut = createTypingSender((isTyping) => {
    if (!isPendingLane(parts.chatId)) realtime.tell('typing', { chatId: parts.chatId, isTyping });
  });

  /** @throws ClientError OFFLINE as long as the server has not heard of the chat. */
  function requireChat(): void {
    if (isPendingLane(parts.chatId))
      throw new ClientError('OFFLINE', 'The chat has not reached the server yet.', 0);
  }

  /** What came back from the server is no longer on its way there, whoever's tab sent it. */
  function settleOwn(messages: readonly Message[]): void {
    for (const message of messages) {
      const isWaiting = parts.outgoing.some((entry) => entry.id === message.clientMessageId);
      if (isWaiting && message.clientMessageId && isOwn(message, viewer()))
        outbox.settle(message.clientMessageId);
    }
  }

  function receive(message: Message): void {
    typing.note(message.senderName, false);
    change({ timeline: withMessage(parts.timeline, message) });
    settleOwn([message]);
    if (parts.timeline.loaded && hasGap(parts.timeline)) sync.run();
  }

  const loadOlder = singleFlight(async () => {
    const { loaded, from } = parts.timeline;
    if (!loaded || from <= 1) return;
    const query = { before: from, limit: PAGE };
    const page = await call('GET /api/chats/:id/messages', { params: { id: parts.chatId }, query });
    change({ timeline: withOlderPage(parts.timeline, page.messages) });
  });

  const stops = [
    outbox.entries.subscribe((entries) => {
      const outgoing = entries.filter(isShown);
      const before = parts.outgoing;
      if (outgoing.length !== before.length || outgoing.some((entry, at) => entry !== before[at]))
        change({ outgoing });
    }),
    uploads.items.subscribe((items) => {
      const mine = items.filter(isShownUpload);
      const before = parts.uploads;
      if (mine.length !== before.length || mine.some((item, at) => item !== before[at]))
        change({ uploads: mine });
    }),
    typing.names.subscribe((names) => change({ typing: names })),
    followChat({ realtime, sync, typing, typingOut, receive, parts: () => parts, change }),
  ];

  const store: OwnedChatStore = {
    get id() {
      return parts.chatId;
    },
    state,
    send(text) {
      checkMessage(text, state.get().attached);
      const id = randomId();
      typingOut.sent();
      const attachments = uploads.assign(lanes, id);
      outbox.add({ id, lane: parts.chatId, text, opening: null, attachments });
      return id;
    },
    retry: (clientMessageId) => outbox.retry(clientMessageId),
    discard(clientMessageId) {
      const entry = parts.outgoing.find(({ id }) => id === clientMessageId);
      for (const id of entry?.attachments ?? []) uploads.remove(id);
      outbox.discard(clientMessageId);
    },
    attach(file, name) {
      checkRoom(state.get().attached);
      const id = randomId();
      uploads.add({ id, lane: parts.chatId, file, name: nameOf(file, name) });
      return id;
    },
    detach: (key) => uploads.remove(key),
    retryAttachment: (key) => uploads.retry(key),
    async edit(messageId, text) {
      checkText(text);
      const params = { id: parts.chatId, messageId };
      receive(await call('PATCH /api/chats/:id/messages/:messageId', { params, body: { message: text } }));
    },
    async remove(messageId) {
      receive(
        await call('DELETE /api/chats/:id/messages/:messageId', { params: { id: parts.chatId, messageId } }),
      );
    },
    setTyping: (isTyping) => typingOut.set(isTyping),
    markRead() {
      const { facts, timeline } = parts;
      const { side, id } = viewer();
      // Whoever only looks into a colleague's chat has not read it for the customer.
      if (side === 'customer' || facts.agent?.id === id) reads.mark(timeline.upTo);
    },
    loadOlder,
    async close() {
      requireChat();
      const end = await call('POST /api/chats/:id/close', { params: { id: parts.chatId } });
      change({ facts: withEnd(parts.facts, end) });
    },
    async rate(rating, comment) {
      requireChat();
      const body = { rating, ...(comment?.trim() ? { comment } : {}) };
      await call('POST /api/chats/:id/rating', { params: { id: parts.chatId }, body });
      change({ facts: { ...parts.facts, rating: { rating, comment: comment?.trim() || null } } });
    },
    async transcript(format = 'text') {
      requireChat();
      const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
      const query = new URLSearchParams({ format, timeZone });
      return options.download(`/api/chats/${parts.chatId}/transcript?${query}`);
    },
    dispose() {
      for (const stop of stops) stop();
      sync.stop();
      typingOut.clear();
      typing.clear();
      options.onDispose(store);
    },
    receive,
    adopt(snapshot) {
      const before = parts.chatId;
      lanes.add(snapshot.chatId);
      const isWhole = snapshot.messages[0]?.seq === 1;
      const timeline = isWhole ? withNewestPage(parts.timeline, snapshot.messages, snapshot) : parts.timeline;
      change({ chatId: snapshot.chatId, timeline, facts: withTold(parts.facts, snapshot) });
      if (before !== snapshot.chatId) uploads.moveLane(before, snapshot.chatId);
      settleOwn(snapshot.messages);
      sync.run();
    },
  };
  return store;
}
