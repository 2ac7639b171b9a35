import type { ChatStatus, Sender } from '../contract/constants.ts';
import type { ClientError } from './client-error.ts';
import type { OpeningForm } from './open-chat-input.ts';

/** A file in a message, or in the composer. */
export interface ChatAttachment {
  /** Stable for rendering. */
  key: string;
  /** For `client.attachments.load`; null until the server has it. */
  id: string | null;
  name: string;
  /** What it is, e.g. `image/png`; until the server has looked at it, what this device says. */
  type: string;
  /** Bytes. */
  size: number;
  /** Of a picture, in pixels, where known. */
  width: number | null;
  height: number | null;
  hasThumbnail: boolean;
  /** The file itself as long as it is on this device only. */
  file: Blob | null;
  /** How much of it the server has, 0 to 1. */
  progress: number;
  /** Why the server did not take it; null otherwise. */
  error: ClientError | null;
}

/** A message on the screen: stored by the server, or still on its way there. */
export interface ChatMessage {
  /** Stable for rendering: the `clientMessageId`, else the id. */
  key: string;
  /** Null until the server has stored it. */
  id: string | null;
  /** 1, 2, 3 … within the chat; null until the server has stored it. */
  seq: number | null;
  clientMessageId: string | null;
  sender: Sender;
  senderId: string | null;
  senderName: string;
  /** Written by the one who looks at it. */
  mine: boolean;
  /** Plain text; empty where the message was deleted. */
  content: string;
  attachments: ChatAttachment[];
  /** ISO 8601, UTC. */
  timestamp: string;
  editedAt: string | null;
  deletedAt: string | null;
  /** `sending`: in the outbox. `sent`: stored. `read`: seen by the other side. `failed`: refused, see `error`. */
  state: 'sending' | 'sent' | 'read' | 'failed';
  /** Why it failed; null otherwise. */
  error: ClientError | null;
  /** What came with it, of a message that still has to open its chat. */
  opening?: OpeningForm;
}

/** All that a chat's view shows. A new object at each change. */
export interface ChatState {
  /** `pending:…` as long as the server has not heard of the chat. */
  chatId: string;
  status: ChatStatus;
  department: string | null;
  agent: { id: string; name: string; avatar: string | null } | null;
  /** By `seq`, then what is still going out, in the order written. */
  messages: ChatMessage[];
  /** What lies in the composer: it goes with the next `send`. */
  attached: ChatAttachment[];
  /** Nothing fetched yet. */
  loading: boolean;
  /** A gap or a lost connection: not known to be complete. */
  stale: boolean;
  /** Are there older ones for `loadOlder()`? */
  hasOlder: boolean;
  /** Names of others who write now. */
  typing: string[];
  /** Agents who have the chat open now, oneself among them; none to a customer. */
  viewers: { id: string; name: string; avatar: string | null }[];
  /** Up to which `seq` each side has read. */
  read: { customer: number; agent: number };
  /** The place in the queue of a waiting customer, 1 being next. */
  queuePosition: number | null;
  /** Seconds that a waiting customer will probably wait; null where that is not known. */
  estimatedWait: number | null;
  rating: { rating: number; comment: string | null } | null;
  /** When it ended, ISO 8601, UTC. */
  closedAt: string | null;
  closedBy: 'customer' | 'agent' | 'system' | null;
  lastSeq: number;
  lastRev: number;
  /** Why it could not be loaded, e.g. `NOT_FOUND`. */
  error: ClientError | null;
}
