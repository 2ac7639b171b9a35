import { notFound } from '../../lib/app-error.ts';
import type { Context } from '../../lib/context.ts';
import type { AttachmentNeeds } from './attachment-needs.ts';
import { ownerOf } from './owner.ts';
import { removeFiles } from './remove-files.ts';

/**
 * Throws away what one has uploaded and no message names.
 *
 * @throws NOT_FOUND, also for what a message names: that goes with its message
 */
export async function removeUpload(
  needs: AttachmentNeeds,
  { actor }: Context,
  id: string,
): Promise<Record<string, never>> {
  const removed = await needs.attachments
    .findOneAndDelete({ _id: id, ...ownerOf(actor), messageId: null })
    .lean();
  if (!removed) throw notFound('upload');
  await removeFiles(needs.folder, removed.file);
  return {};
}
