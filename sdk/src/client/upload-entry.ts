import type { Attachment } from '../contract/attachments.ts';
import type { OutboxEntry } from './outbox-entry.ts';

/** A file that a person has attached and whose message the server has not acknowledged. Kept as it is, over a reload. */
export interface UploadEntry {
  /** The `clientUploadId`, the same in every attempt. */
  id: string;
  /** Who attached it, as in the outbox. */
  owner: string;
  /** The tab in whose composer it lies. */
  tab: string;
  /** The chat, or a pending lane. */
  lane: string;
  file: Blob;
  name: string;
  /** Milliseconds since 1970. */
  addedAt: number;
  /** The `clientMessageId` that it goes out with; null while it lies in the composer. */
  messageId: string | null;
  /** What the server made of it; null until it is there. */
  attachment: Attachment | null;
  /** When the server has said so, in milliseconds since 1970. */
  uploadedAt: number;
  /** The server's refusal. */
  failure: OutboxEntry['failure'];
}

/** An entry, and how much of it has gone out: 0 to 1. */
export interface UploadItem {
  entry: UploadEntry;
  progress: number;
}
