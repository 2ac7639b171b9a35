import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

export interface SessionRecord extends Timestamps {
  _id: Types.ObjectId;
  userId: Types.ObjectId;
  /** Digest of what the cookie holds. */
  sessionToken: string;
  userAgent: string;
  ipAddress: string;
  isActive: boolean;
  lastUsedAt: Date;
  expiresAt: Date;
}

const sessionSchema = new Schema<SessionRecord>(
  {
    userId: { type: Schema.Types.ObjectId, required: true },
    sessionToken: { type: String, required: true, unique: true },
    userAgent: { type: String, default: '' },
    ipAddress: { type: String, default: '' },
    isActive: { type: Boolean, default: true },
    lastUsedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  schemaOptions('sessions'),
);
sessionSchema.index({ userId: 1, isActive: 1, lastUsedAt: -1 });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export type SessionModel = Model<SessionRecord>;

export function defineSessionModel(connection: Connection): SessionModel {
  return connection.model<SessionRecord>('Session', sessionSchema);
}
