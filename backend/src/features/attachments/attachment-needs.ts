import type { Actor } from '../../lib/context.ts';
import type { RateLimit } from '../../lib/rate-limit.ts';
import type { AttachmentModel } from './attachment.model.ts';

/** What the verbs of this folder work with. */
export interface AttachmentNeeds {
  attachments: AttachmentModel;
  /** Where the files are: `uploads` in the data's folder. */
  folder: string;
  /** The largest file that is taken, in bytes. */
  maxBytes: number;
  /** The virus scanner that files must pass, null for none. */
  clamav: { host: string; port: number } | null;
  limits: UploadLimits;
  /** May this actor see the chat? */
  seesChat: (actor: Actor, chatId: string) => Promise<boolean>;
  now: () => Date;
}

/** How much may be uploaded in a day. */
export interface UploadLimits {
  files: RateLimit;
  bytes: RateLimit;
  /** Bytes of all visitors of one address. */
  addressBytes: RateLimit;
  /** Files in one chat. */
  chat: RateLimit;
}
