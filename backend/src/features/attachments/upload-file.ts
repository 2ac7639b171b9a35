import type { Attachment, EndpointParsed, attachmentEndpoints } from '@wzatco/sdk/contract';
import { isDuplicateKey } from '../../db/base-schema.ts';
import { AppError } from '../../lib/app-error.ts';
import { addressKey } from '../../lib/client-ip.ts';
import type { Context } from '../../lib/context.ts';
import { toAttachment } from './attachment.dto.ts';
import type { AttachmentRecord } from './attachment.model.ts';
import type { AttachmentNeeds } from './attachment-needs.ts';
import { safeFileName } from './file-name.ts';
import { ownerOf } from './owner.ts';
import { takePicture } from './picture.ts';
import { announcedSize, receiveFile, refuseTooLarge, type ReceivedFile } from './receive-file.ts';
import { recogniseType } from './recognise-type.ts';
import { removeFiles } from './remove-files.ts';
import { scanFile } from './scan-file.ts';
import { countUpload } from './upload-limits.ts';

type UploadInput = EndpointParsed<(typeof attachmentEndpoints)['POST /api/uploads']>;

/** An upload that no message names is kept so long, in milliseconds. */
export const UNUSED_TIME = 24 * 60 * 60 * 1000;

/**
 * Takes a file: received, recognised, scanned, measured, and only then known by its record. The same
 * `clientUploadId` again stores nothing and answers with what is there; where anything fails, nothing is left.
 *
 * @throws PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA, RATE_LIMITED, UNAVAILABLE where the virus scan cannot be done, and
 * CONFLICT for the same `clientUploadId` with another file
 */
export async function uploadFile(
  needs: AttachmentNeeds,
  context: Context,
  { query, request }: UploadInput,
): Promise<Attachment> {
  const size = announcedSize(request);
  const before = await findUpload(needs, context, query.clientUploadId);
  if (before) return answerAgain(before, size === null || size === before.size);
  refuseTooLarge(size, needs.maxBytes);
  const giveBack = await countUpload(needs.limits, context, size ?? needs.maxBytes);
  const received = await receiveFile(needs.folder, request, needs.maxBytes).catch(async (error: unknown) => {
    // A bad line, tried again and again, must not use up a day's files.
    await giveBack();
    throw error;
  });
  const described = await describe(needs, context, query.name, received).catch(async (error: unknown) => {
    await removeFiles(needs.folder, received.file);
    throw error;
  });
  try {
    const record = await needs.attachments.create({ ...described, clientUploadId: query.clientUploadId });
    return toAttachment(record.toObject());
  } catch (error) {
    // Of any other failure it is not known whether the record was stored: the sweep finds out.
    if (!isDuplicateKey(error)) throw error;
    await removeFiles(needs.folder, received.file);
    // Sent twice at once: the other one was faster.
    const winner = await findUpload(needs, context, query.clientUploadId);
    if (!winner) throw error;
    return answerAgain(winner, winner.sha256 === received.sha256);
  }
}

/** What is known of a file that may be taken. */
async function describe(needs: AttachmentNeeds, context: Context, name: string, received: ReceivedFile) {
  const { path, file, size, sha256 } = received;
  const type = await recogniseType(path, name);
  if (needs.clamav) await scanFile(needs.clamav, path, context.log);
  const { actor, ip } = context;
  const { ownerKind, ownerId } = ownerOf(actor);
  const owner = `${ownerKind}:${ownerId}`;
  // Staff of one office are not one person; visitors of one address may be.
  const address = actor.kind === 'visitor' ? addressKey(ip) : owner;
  const picture = await takePicture(path, type, { owner, address });
  return {
    ownerKind,
    ownerId,
    siteId: actor.kind === 'visitor' ? actor.siteId : null,
    name: safeFileName(name, type),
    type,
    size,
    sha256,
    file,
    ...picture,
    expiresAt: new Date(needs.now().getTime() + UNUSED_TIME),
  };
}

function findUpload(
  { attachments }: AttachmentNeeds,
  { actor }: Context,
  clientUploadId: string,
): Promise<AttachmentRecord | null> {
  return attachments
    .findOne({ ...ownerOf(actor), clientUploadId })
    .lean()
    .exec();
}

function answerAgain(record: AttachmentRecord, isSame: boolean): Attachment {
  if (!isSame) throw new AppError('CONFLICT', 'clientUploadId: was used before for another file');
  return toAttachment(record);
}
