import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

export const OWNER_KINDS = ['customer', 'user'] as const;

export interface AttachmentRecord extends Timestamps {
  _id: Types.ObjectId;
  ownerKind: (typeof OWNER_KINDS)[number];
  ownerId: Types.ObjectId;
  /** The site of a customer's file; null for staff, who belong to none. */
  siteId: Types.ObjectId | null;
  /** The owner's own name for the upload, the same in every retry. */
  clientUploadId: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  width: number | null;
  height: number | null;
  /** Its place under the folder of uploads, e.g. `ab/abcd…`; a thumbnail is beside it. */
  file: string;
  hasThumbnail: boolean;
  /** Where it was used; null before. */
  chatId: Types.ObjectId | null;
  messageId: Types.ObjectId | null;
  /** When its message was deleted: nobody sees it any more. */
  removedAt: Date | null;
  /** From when on the sweep deletes it; unset once a message names it. */
  expiresAt?: Date;
}

const attachmentSchema = new Schema<AttachmentRecord>(
  {
    ownerKind: { type: String, enum: OWNER_KINDS, required: true },
    ownerId: { type: Schema.Types.ObjectId, required: true },
    siteId: { type: Schema.Types.ObjectId, default: null },
    clientUploadId: { type: String, required: true },
    name: { type: String, required: true },
    type: { type: String, required: true },
    size: { type: Number, required: true },
    sha256: { type: String, required: true },
    width: { type: Number, default: null },
    height: { type: Number, default: null },
    file: { type: String, required: true },
    hasThumbnail: { type: Boolean, required: true },
    chatId: { type: Schema.Types.ObjectId, default: null },
    messageId: { type: Schema.Types.ObjectId, default: null },
    removedAt: { type: Date, default: null },
    expiresAt: { type: Date },
  },
  schemaOptions('attachments'),
);
attachmentSchema.index({ ownerKind: 1, ownerId: 1, clientUploadId: 1 }, { unique: true });
// By these the sweep finds what is due, and whether a file has a record.
attachmentSchema.index({ expiresAt: 1 }, { partialFilterExpression: { expiresAt: { $type: 'date' } } });
attachmentSchema.index({ file: 1 }, { unique: true });
// What a message named, when it is deleted.
attachmentSchema.index({ messageId: 1 }, { partialFilterExpression: { messageId: { $type: 'objectId' } } });

export type AttachmentModel = Model<AttachmentRecord>;

export function defineAttachmentModel(connection: Connection): AttachmentModel {
  return connection.model<AttachmentRecord>('Attachment', attachmentSchema);
}
