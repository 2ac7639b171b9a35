import type { Attachment } from '@wzatco/sdk/contract';
import type { AttachmentRecord } from './attachment.model.ts';

/** What a message keeps of an attachment, so that showing it asks nobody. */
export type AttachmentSummary = Pick<
  AttachmentRecord,
  '_id' | 'name' | 'type' | 'size' | 'width' | 'height' | 'hasThumbnail'
>;

export function toSummary(record: AttachmentRecord): AttachmentSummary {
  const { _id, name, type, size, width, height, hasThumbnail } = record;
  return { _id, name, type, size, width, height, hasThumbnail };
}

export function toAttachment(record: AttachmentSummary): Attachment {
  const { name, type, size, width, height, hasThumbnail } = record;
  return {
    id: String(record._id),
    name,
    type,
    size,
    ...(width === null ? {} : { width }),
    ...(height === null ? {} : { height }),
    hasThumbnail,
  };
}
