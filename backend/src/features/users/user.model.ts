import {
  PERMISSIONS,
  PRESENCE_STATUSES,
  ROLES,
  USER_STATUSES,
  type Permission,
  type PresenceStatus,
  type Role,
  type UserStatus,
} from '@wzatco/sdk/contract/constants';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

export interface UserRecord extends Timestamps {
  _id: Types.ObjectId;
  email: string;
  name: string;
  /** bcrypt; null until an invitation is accepted. */
  password: string | null;
  avatar: string | null;
  role: Role;
  status: UserStatus;
  permissions: Permission[];
  departmentId: Types.ObjectId | null;
  maxConcurrentChats: number;
  lastActiveAt: Date | null;
  /** When they last did something themselves; their clients' own reading does not count. */
  lastActedAt?: Date | null;
  /** What the agent chose last; null before the first choice. */
  presence: PresenceStatus | null;
  /** Is the `away` that they have not of their own choice? Then the first sign of life ends it. */
  awayByIdleness?: boolean;
  /** Minutes; missing or null: the usual time. */
  awayAfterMinutes?: number | null;
  /** When a chat was offered to them last: round robin goes by it. */
  lastOfferedAt?: Date | null;
  /** Offers in a row that they did not answer. */
  missedOffers?: number;
  /** Digest of the token in an invitation link, and its end. */
  inviteToken: string | null;
  inviteExpiresAt: Date | null;
}

const userSchema = new Schema<UserRecord>(
  {
    email: { type: String, required: true, lowercase: true, unique: true },
    name: { type: String, required: true },
    password: { type: String, default: null },
    avatar: { type: String, default: null },
    role: { type: String, enum: ROLES, required: true },
    status: { type: String, enum: USER_STATUSES, default: 'active' },
    permissions: { type: [String], enum: PERMISSIONS, default: [] },
    departmentId: { type: Schema.Types.ObjectId, default: null },
    maxConcurrentChats: { type: Number, default: 10 },
    lastActiveAt: { type: Date, default: null },
    lastActedAt: { type: Date },
    presence: { type: String, enum: [...PRESENCE_STATUSES, null], default: null },
    awayByIdleness: { type: Boolean },
    awayAfterMinutes: { type: Number },
    lastOfferedAt: { type: Date },
    missedOffers: { type: Number },
    inviteToken: { type: String, default: null },
    inviteExpiresAt: { type: Date, default: null },
  },
  schemaOptions('users'),
);
userSchema.index({ name: 1, _id: 1 });
userSchema.index({ role: 1, name: 1, _id: 1 });
userSchema.index({ role: 1, lastActiveAt: 1 });
userSchema.index({ departmentId: 1 });
userSchema.index({ inviteToken: 1 }, { partialFilterExpression: { inviteToken: { $type: 'string' } } });

export type UserModel = Model<UserRecord>;

export function defineUserModel(connection: Connection): UserModel {
  return connection.model<UserRecord>('User', userSchema);
}
