import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { notFound } from '../../lib/app-error.ts';
import type { Actor, Context } from '../../lib/context.ts';
import type { AttachmentRecord } from './attachment.model.ts';
import type { AttachmentNeeds } from './attachment-needs.ts';
import { fileResponse } from './file-response.ts';
import { ownerOf } from './owner.ts';
import { thumbnailOf } from './receive-file.ts';

/**
 * Answers with a file, or its thumbnail: to its uploader before it is used, to those who see its chat from then on.
 *
 * @throws NOT_FOUND for anybody else, and for what is gone
 */
export async function readAttachment(
  needs: AttachmentNeeds,
  { actor }: Context,
  input: { id: string; request: Request; thumbnail: boolean },
): Promise<Response> {
  const record = await needs.attachments.findById(input.id).lean();
  if (!record || (input.thumbnail && !record.hasThumbnail) || !(await mayRead(needs, actor, record))) {
    throw notFound('attachment');
  }
  const original = join(needs.folder, record.file);
  const path = input.thumbnail ? thumbnailOf(original) : original;
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
  if (!found) throw notFound('attachment');
  return fileResponse(input.request, {
    path,
    size: found.size,
    type: input.thumbnail ? 'image/webp' : record.type,
    name: input.thumbnail ? `${record.name}.webp` : record.name,
    tag: input.thumbnail ? `${record.sha256}-thumbnail` : record.sha256,
  });
}

async function mayRead(needs: AttachmentNeeds, actor: Actor, record: AttachmentRecord): Promise<boolean> {
  if (record.removedAt) return false;
  if (record.chatId) return needs.seesChat(actor, String(record.chatId));
  const { ownerKind, ownerId } = ownerOf(actor);
  return record.ownerKind === ownerKind && String(record.ownerId) === ownerId;
}
