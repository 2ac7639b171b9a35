import type { Message } from '../contract/chats.ts';
import type { ChatFacts } from './chat-facts.ts';
import type { ChatMessage, ChatState } from './chat-state.ts';
import { ClientError } from './client-error.ts';
import { isPendingLane, type OutboxEntry } from './outbox-entry.ts';
import type { Timeline } from './timeline.ts';
import type { UploadItem } from './upload-entry.ts';
import { viewStoredAttachments, viewUploads } from './view-attachments.ts';

/** Who looks at the chat. */
export interface Viewer {
  side: 'customer' | 'agent';
  /** Null for a customer: all of the customer's messages are theirs. */
  id: string | null;
  name: string;
}

/** All that makes up a chat's state. */
export interface ChatParts {
  chatId: string;
  timeline: Timeline;
  facts: ChatFacts;
  /** The chat's part of the outbox, in the order written. */
  outgoing: readonly OutboxEntry[];
  /** The uploads of its composer and of its messages. */
  uploads: readonly UploadItem[];
  typing: readonly string[];
  viewers: ChatState['viewers'];
  stale: boolean;
  error: ClientError | null;
}

/** Made once of each message while it looks the same: a long chat is not made anew with each word. */
const ofMessage = new WeakMap<Message, ChatMessage>();

/** The state that the parts make for this viewer. */
export function viewChat(parts: ChatParts, viewer: Viewer): ChatState {
  const { timeline, facts, outgoing, uploads } = parts;
  const { rev: _, ...shown } = facts;
  const stored = timeline.messages.map((message) => viewStored(message, facts, viewer));
  const arrived = new Set(stored.flatMap(({ mine, clientMessageId }) => (mine ? [clientMessageId] : [])));
  const waiting = outgoing.filter((entry) => !arrived.has(entry.id));
  return {
    ...shown,
    chatId: parts.chatId,
    messages: [...stored, ...waiting.map((entry) => viewOutgoing(entry, uploads, viewer))],
    attached: viewUploads(uploads.filter(({ entry }) => entry.messageId === null)),
    loading: !timeline.loaded && !isPendingLane(parts.chatId) && !parts.error,
    stale: parts.stale,
    hasOlder: timeline.loaded && timeline.from > 1,
    typing: [...parts.typing],
    viewers: parts.viewers,
    lastSeq: timeline.lastSeq,
    lastRev: timeline.lastRev,
    error: parts.error,
  };
}

/** Did this viewer write it? */
export function isOwn(message: Pick<Message, 'sender' | 'senderId'>, viewer: Viewer): boolean {
  return message.sender === viewer.side && (viewer.id === null || message.senderId === viewer.id);
}

function viewStored(message: Message, facts: ChatFacts, viewer: Viewer): ChatMessage {
  const mine = isOwn(message, viewer);
  const seenUpTo = viewer.side === 'customer' ? facts.read.agent : facts.read.customer;
  const state = mine && message.seq <= seenUpTo ? 'read' : 'sent';
  const made = ofMessage.get(message);
  if (made && made.mine === mine && made.state === state) return made;
  const clientMessageId = message.clientMessageId ?? null;
  const view: ChatMessage = {
    // Another person's name for a message could be the same as one of ours.
    key: mine && clientMessageId !== null ? clientMessageId : message.id,
    id: message.id,
    seq: message.seq,
    clientMessageId,
    sender: message.sender,
    senderId: message.senderId,
    senderName: message.senderName,
    mine,
    content: message.content,
    attachments: viewStoredAttachments(message),
    timestamp: message.timestamp,
    editedAt: message.editedAt ?? null,
    deletedAt: message.deletedAt ?? null,
    state,
    error: null,
  };
  ofMessage.set(message, view);
  return view;
}

function viewOutgoing(entry: OutboxEntry, uploads: readonly UploadItem[], viewer: Viewer): ChatMessage {
  const { failure, opening } = entry;
  return {
    key: entry.id,
    id: null,
    seq: null,
    clientMessageId: entry.id,
    sender: viewer.side,
    senderId: viewer.id,
    senderName: viewer.name,
    mine: true,
    content: entry.text,
    attachments: viewUploads(uploads.filter((item) => entry.attachments?.includes(item.entry.id))),
    timestamp: new Date(entry.writtenAt).toISOString(),
    editedAt: null,
    deletedAt: null,
    state: failure ? 'failed' : 'sending',
    error: failure ? new ClientError(failure.code, failure.message, failure.status, failure.details) : null,
    ...(opening ? { opening } : {}),
  };
}
