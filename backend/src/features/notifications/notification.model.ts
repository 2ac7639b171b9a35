import { NOTIFICATION_KINDS } from '@wzatco/sdk/contract/constants';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

/** What was said stands in the note alone: with it, or with the right to see its chat, it is gone from here too. */
export interface NotificationRecord extends Timestamps {
  _id: Types.ObjectId;
  /** Whom it concerns. */
  userId: Types.ObjectId;
  kind: (typeof NOTIFICATION_KINDS)[number];
  chatId: Types.ObjectId;
  noteId: Types.ObjectId;
  byId: Types.ObjectId;
  byName: string;
  readAt: Date | null;
}

/** Notifications are kept for 90 days; in seconds. */
const KEPT = 90 * 24 * 60 * 60;

const notificationSchema = new Schema<NotificationRecord>(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    kind: { type: String, enum: NOTIFICATION_KINDS, required: true },
    chatId: { type: Schema.Types.ObjectId, required: true },
    noteId: { type: Schema.Types.ObjectId, required: true },
    byId: { type: Schema.Types.ObjectId, required: true },
    byName: { type: String, required: true },
    readAt: { type: Date, default: null },
  },
  schemaOptions('notifications'),
);
// Telling twice stores once.
notificationSchema.index({ noteId: 1, userId: 1 }, { unique: true });
notificationSchema.index({ userId: 1, createdAt: -1, _id: -1 });
notificationSchema.index({ userId: 1, readAt: 1, chatId: 1 });
notificationSchema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT });

export type NotificationModel = Model<NotificationRecord>;

export function defineNotificationModel(connection: Connection): NotificationModel {
  return connection.model<NotificationRecord>('Notification', notificationSchema);
}
