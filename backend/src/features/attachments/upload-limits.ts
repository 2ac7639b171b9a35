import type { Context } from '../../lib/context.ts';
import { addressKey } from '../../lib/client-ip.ts';
import type { CreateRateLimit } from '../../lib/rate-limit.ts';
import type { UploadLimits } from './attachment-needs.ts';

const DAY = 24 * 60 * 60;
/** Of one visitor in a day; staff may ten times that. */
const FILES = 100;
const STAFF_FACTOR = 10;
const CHAT_FILES = 500;

/** @param maxBytes The largest file that is taken: a day's bytes are 25 of those, an address's four times that. */
export function createUploadLimits(createRateLimit: CreateRateLimit, maxBytes: number): UploadLimits {
  const limit = (name: string, points: number, what: string) =>
    createRateLimit({
      name: `upload-${name}`,
      points,
      seconds: DAY,
      message: `Too many files for one day${what}. Please try again later.`,
    });
  return {
    files: limit('files', FILES * STAFF_FACTOR, ''),
    bytes: limit('bytes', maxBytes * 25 * STAFF_FACTOR, ''),
    addressBytes: limit('bytes-of-address', maxBytes * 100, ' from your address'),
    chat: limit('files-of-chat', CHAT_FILES, ' in this chat'),
  };
}

/** Counts an upload of so many bytes before it is taken. @throws RATE_LIMITED */
export async function countUpload(limits: UploadLimits, context: Context, bytes: number): Promise<void> {
  const { actor } = context;
  if (actor.kind === 'none') return;
  const isVisitor = actor.kind === 'visitor';
  const key = isVisitor ? `customer:${actor.customerId}` : `user:${actor.id}`;
  const weight = isVisitor ? STAFF_FACTOR : 1;
  await limits.files.use(key, weight);
  await limits.bytes.use(key, bytes * weight);
  if (isVisitor) await limits.addressBytes.use(addressKey(context.ip), bytes);
}
