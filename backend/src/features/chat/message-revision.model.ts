import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';
import type { AttachmentSummary } from '../attachments/index.ts';
import { attachedSchema } from './message.model.ts';

/** What a message said before an edit or its deletion: for staff only. */
export interface MessageRevisionRecord extends Timestamps {
  _id: Types.ObjectId;
  chatId: Types.ObjectId;
  messageId: Types.ObjectId;
  /** The message's `rev` while it said so. */
  rev: number;
  content: string;
  attachments: AttachmentSummary[];
  writtenAt: Date;
  replacedAt: Date;
}

const revisionSchema = new Schema<MessageRevisionRecord>(
  {
    chatId: { type: Schema.Types.ObjectId, required: true },
    messageId: { type: Schema.Types.ObjectId, required: true },
    rev: { type: Number, required: true },
    content: { type: String, default: '' },
    attachments: { type: [attachedSchema], default: [] },
    writtenAt: { type: Date, required: true },
    replacedAt: { type: Date, required: true },
  },
  schemaOptions('messagerevisions'),
);
revisionSchema.index({ messageId: 1, rev: 1 }, { unique: true });

export type MessageRevisionModel = Model<MessageRevisionRecord>;

export function defineMessageRevisionModel(connection: Connection): MessageRevisionModel {
  return connection.model<MessageRevisionRecord>('MessageRevision', revisionSchema);
}
