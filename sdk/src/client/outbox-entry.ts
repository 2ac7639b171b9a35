import type { ClientErrorCode } from './client-error.ts';
import type { OpeningForm } from './open-chat-input.ts';

/** Something that a person wrote and that the server has not acknowledged. Plain JSON: it is stored as it is. */
export interface OutboxEntry {
  /** The `clientMessageId`, the same in every attempt. */
  id: string;
  /** Who wrote it: an agent's or a customer's id, or what stands for them; empty for nobody known. Only for them does it go out. */
  owner: string;
  /** The chat, or `pending:…` for one that still has to be opened. Entries of a lane go out in order. */
  lane: string;
  /** Milliseconds since 1970, and not before what was written earlier, whatever the clock says. */
  writtenAt: number;
  /** Orders what was written in the same millisecond. */
  order: number;
  text: string;
  /** The uploads that go with it, by their `clientUploadId`. */
  attachments?: readonly string[];
  /** Opens a chat with this first message. */
  opening: OpeningForm | null;
  /** Attempts that brought no answer. */
  attempts: number;
  /** Not before this time (ms since 1970). */
  notBefore: number;
  /** When that wait began (ms since 1970): a clock that shows an earlier time was set back, and says nothing of it. */
  waitsFrom: number;
  /** Why it waits: kicking (the network is back) ends the wait for `OFFLINE` only. */
  waitsFor: ClientErrorCode | null;
  /** The server's refusal: only a person can retry or discard it. */
  failure: {
    code: ClientErrorCode;
    message: string;
    status: number;
    details?: Record<string, unknown>;
  } | null;
}

/** The lane of a chat that the server has not heard of. */
export function pendingLane(clientMessageId: string): string {
  return `pending:${clientMessageId}`;
}

/** Is this the id of a chat that the server has not heard of? */
export function isPendingLane(lane: string): boolean {
  return lane.startsWith('pending:');
}
