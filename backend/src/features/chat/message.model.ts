import { SENDERS, type Sender } from '@wzatco/sdk/contract/constants';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';
import type { AttachmentSummary } from '../attachments/index.ts';

export interface MessageRecord extends Timestamps {
  _id: Types.ObjectId;
  chatId: Types.ObjectId;
  /** 1, 2, 3 … within the chat, without a gap. */
  seq: number;
  /** The chat's change counter when this was last changed. */
  rev: number;
  /** The same for its last edit or deletion; unset until then, so that only those are in the index of changes. */
  changedRev?: number;
  /** The sender's own name for it, the same in every retry. */
  clientMessageId: string | null;
  sender: Sender;
  senderId: Types.ObjectId | null;
  senderName: string;
  content: string;
  attachments: AttachmentSummary[];
  editedAt: Date | null;
  deletedAt: Date | null;
}

/** What a message, or an earlier state of it, keeps of an attachment. */
export const attachedSchema = new Schema<AttachmentSummary>({
  _id: { type: Schema.Types.ObjectId, required: true },
  name: { type: String, required: true },
  type: { type: String, required: true },
  size: { type: Number, required: true },
  width: { type: Number, default: null },
  height: { type: Number, default: null },
  hasThumbnail: { type: Boolean, required: true },
});

const messageSchema = new Schema<MessageRecord>(
  {
    chatId: { type: Schema.Types.ObjectId, required: true },
    seq: { type: Number, required: true },
    rev: { type: Number, required: true },
    changedRev: { type: Number },
    clientMessageId: { type: String, default: null },
    sender: { type: String, enum: SENDERS, required: true },
    senderId: { type: Schema.Types.ObjectId, default: null },
    senderName: { type: String, required: true },
    // Not `required`, which refuses an empty text: a message may be attachments alone.
    content: { type: String, default: '' },
    attachments: { type: [attachedSchema], default: [] },
    editedAt: { type: Date, default: null },
    deletedAt: { type: Date, default: null },
  },
  schemaOptions('messages'),
);
messageSchema.index({ chatId: 1, seq: 1 }, { unique: true });
messageSchema.index(
  { chatId: 1, changedRev: 1 },
  { partialFilterExpression: { changedRev: { $type: 'number' } } },
);
// Nobody stores a message twice in a chat; the chat comes last, so that a customer's repeated message is found
// whichever chat it went to.
messageSchema.index(
  { senderId: 1, clientMessageId: 1, chatId: 1 },
  { unique: true, partialFilterExpression: { clientMessageId: { $type: 'string' } } },
);

export type MessageModel = Model<MessageRecord>;

export function defineMessageModel(connection: Connection): MessageModel {
  return connection.model<MessageRecord>('Message', messageSchema);
}
