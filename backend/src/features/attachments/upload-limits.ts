import { forbidden } from '../../lib/app-error.ts';
import type { Context } from '../../lib/context.ts';
import { addressKey } from '../../lib/client-ip.ts';
import type { CreateRateLimit, RateLimit } from '../../lib/rate-limit.ts';
import type { UploadLimits } from './attachment-needs.ts';

const DAY = 24 * 60 * 60;
/** Of one visitor in a day; staff may ten times that. */
const FILES = 100;
const STAFF_FACTOR = 10;
const CHAT_FILES = 500;
/** A file costs its address so many bytes at least: of the tiniest ones a day's bytes would be a billion. */
const LEAST_BYTES = 64 * 1024;

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
    addressBytes: limit('bytes-of-address', Math.max(maxBytes, LEAST_BYTES) * 100, ' from your address'),
    chat: limit('files-of-chat', CHAT_FILES, ' in this chat'),
  };
}

type Use = readonly [limit: RateLimit, key: string, points: number];

/**
 * Counts an upload of so many bytes before it is taken.
 *
 * @returns What takes it back, for one that came to nothing.
 * @throws RATE_LIMITED
 */
export async function countUpload(
  limits: UploadLimits,
  context: Context,
  bytes: number,
): Promise<() => Promise<void>> {
  const { actor } = context;
  if (actor.kind === 'none') throw forbidden();
  const isVisitor = actor.kind === 'visitor';
  const key = isVisitor ? `customer:${actor.customerId}` : `user:${actor.id}`;
  const weight = isVisitor ? STAFF_FACTOR : 1;
  const uses: Use[] = [
    [limits.files, key, weight],
    [limits.bytes, key, bytes * weight],
    ...(isVisitor
      ? [[limits.addressBytes, addressKey(context.ip), Math.max(bytes, LEAST_BYTES)] as const]
      : []),
  ];
  for (const [limit, of, points] of uses) await limit.use(of, points);
  return async () => {
    for (const [limit, of, points] of uses) await limit.giveBack(of, points);
  };
}
