import { trusted, type ClientSession, type Types } from 'mongoose';
import { AppError } from '../../lib/app-error.ts';
import type { Actor } from '../../lib/context.ts';
import { toSummary, type AttachmentSummary } from './attachment.dto.ts';
import type { AttachmentNeeds } from './attachment-needs.ts';
import { ownerOf } from './owner.ts';

/** What names them. */
interface User {
  chatId: Types.ObjectId;
  messageId: Types.ObjectId;
}

/**
 * Gives uploads to the message that names them, within the transaction that stores it: each is somebody's own, and
 * used once.
 *
 * @throws VALIDATION_FAILED for one that does not exist, is another's, or was used before
 */
export async function useAttachments(
  { attachments }: Pick<AttachmentNeeds, 'attachments'>,
  session: ClientSession,
  actor: Actor,
  ids: readonly string[],
  { chatId, messageId }: User,
): Promise<AttachmentSummary[]> {
  if (ids.length === 0) return [];
  const unused = { ...ownerOf(actor), messageId: null };
  const mine = await attachments
    .find({ _id: trusted({ $in: ids }), ...unused })
    .session(session)
    .lean();
  const found = new Map(mine.map((record) => [String(record._id), record]));
  const { modifiedCount } = await attachments.updateMany(
    { _id: trusted({ $in: ids }), ...unused },
    { $set: { chatId, messageId }, $unset: { expiresAt: '' } },
    { session },
  );
  return ids.map((id) => {
    const record = found.get(id);
    if (!record || modifiedCount !== ids.length) {
      throw new AppError(
        'VALIDATION_FAILED',
        'attachments: one of them is not there any more, or was sent before. Please attach it again.',
      );
    }
    return toSummary(record);
  });
}

/** Takes what a message named out of sight, within the transaction that deletes it; the sweep deletes the files. */
export async function releaseAttachments(
  { attachments, now }: Pick<AttachmentNeeds, 'attachments' | 'now'>,
  session: ClientSession,
  messageId: Types.ObjectId,
): Promise<void> {
  const at = now();
  await attachments.updateMany({ messageId }, { $set: { removedAt: at, expiresAt: at } }, { session });
}
