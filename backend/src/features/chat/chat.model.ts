import {
  CHAT_PRIORITIES,
  CHAT_STATUSES,
  SENDERS,
  type ChatStatus,
  type Sender,
} from '@wzatco/sdk/contract/constants';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

export interface ChatRecord extends Timestamps {
  _id: Types.ObjectId;
  siteId: Types.ObjectId;
  customerId: Types.ObjectId;
  customerName: string;
  customerEmail: string | null;
  departmentId: Types.ObjectId | null;
  status: ChatStatus;
  assignedAgentId: Types.ObjectId | null;
  priority: (typeof CHAT_PRIORITIES)[number];
  tags: string[];
  /** The number of the last message, and of the last change. */
  lastSeq: number;
  lastRev: number;
  readByCustomer: number;
  readByAgent: number;
  /** What lists show of the last message, cut to a line. */
  lastMessage: { content: string; sender: Sender; timestamp: Date };
  page: string | null;
  rating: number | null;
  ratingComment: string | null;
  /** Site and customer while the chat is open, unset when it ends: unique, so that nobody has two open chats. */
  openKey?: string;
  /** The `clientMessageId` of the first message: a repeated opening finds the chat that it made. */
  openedWith: string | null;
  /** Lower-case words of the customer's name and address, and their beginnings, by which lists are searched. */
  searchTerms: string[];
  /** To the minute, see `activityTime`: the order of lists. */
  lastActivityAt: Date;
  assignedAt: Date | null;
  /** Whom the waiting chat is offered to. One that no longer waits is offered to nobody, whatever is left here. */
  offer?: { agentId: Types.ObjectId; offeredAt: Date; expiresAt: Date } | null;
  /**
   * Its place in the queue, whoever came earlier being before it: when it was opened, or reopened. Who is handed on
   * keeps it.
   */
  queuedAt: Date;
  /** When it last began to wait, by being handed on too, and when that was over: how long waits are. */
  waitingSince?: Date;
  waitEndedAt?: Date;
  /** When somebody had it first; unset until then. */
  firstAssignedAt?: Date;
  /** Since when they were waited for, where it was reopened before anybody had it; else since it was opened. */
  firstWaitSince?: Date;
  /** It has ended or was rated since it was last measured: set in the same write. */
  measureDue?: boolean;
  /** When an agent first wrote; unset until then, so that `$min` keeps the first of several. */
  firstResponseAt?: Date;
  /** Since when the customer owes an answer, and when they were warned; both unset by their answer. */
  idleSince?: Date;
  idleWarnedAt?: Date;
  /** When an ended chat was last reopened, how often that was, and who had it before. */
  reopenedAt?: Date;
  reopenCount?: number;
  previousAgentId?: Types.ObjectId | null;
  closedAt: Date | null;
  closedBy: 'customer' | 'agent' | 'system' | null;
}

const chatSchema = new Schema<ChatRecord>(
  {
    siteId: { type: Schema.Types.ObjectId, required: true },
    customerId: { type: Schema.Types.ObjectId, required: true },
    customerName: { type: String, required: true },
    customerEmail: { type: String, default: null },
    departmentId: { type: Schema.Types.ObjectId, default: null },
    status: { type: String, enum: CHAT_STATUSES, required: true },
    assignedAgentId: { type: Schema.Types.ObjectId, default: null },
    priority: { type: String, enum: CHAT_PRIORITIES, default: 'normal' },
    tags: { type: [String], default: [] },
    lastSeq: { type: Number, required: true },
    lastRev: { type: Number, required: true },
    readByCustomer: { type: Number, default: 0 },
    readByAgent: { type: Number, default: 0 },
    lastMessage: {
      content: { type: String, required: true },
      sender: { type: String, enum: SENDERS, required: true },
      timestamp: { type: Date, required: true },
    },
    page: { type: String, default: null },
    rating: { type: Number, default: null },
    ratingComment: { type: String, default: null },
    openKey: { type: String },
    openedWith: { type: String, default: null },
    searchTerms: { type: [String], default: [] },
    lastActivityAt: { type: Date, required: true },
    assignedAt: { type: Date, default: null },
    offer: {
      type: new Schema(
        {
          agentId: { type: Schema.Types.ObjectId, required: true },
          offeredAt: { type: Date, required: true },
          expiresAt: { type: Date, required: true },
        },
        { _id: false },
      ),
      default: null,
    },
    queuedAt: { type: Date, required: true },
    waitingSince: { type: Date },
    waitEndedAt: { type: Date },
    firstAssignedAt: { type: Date },
    firstWaitSince: { type: Date },
    measureDue: { type: Boolean },
    firstResponseAt: { type: Date },
    idleSince: { type: Date },
    idleWarnedAt: { type: Date },
    reopenedAt: { type: Date },
    reopenCount: { type: Number },
    previousAgentId: { type: Schema.Types.ObjectId },
    closedAt: { type: Date, default: null },
    closedBy: { type: String, enum: ['customer', 'agent', 'system', null], default: null },
  },
  schemaOptions('chats'),
);
chatSchema.index({ openKey: 1 }, { unique: true, partialFilterExpression: { openKey: { $type: 'string' } } });
chatSchema.index(
  { customerId: 1, openedWith: 1 },
  { unique: true, partialFilterExpression: { openedWith: { $type: 'string' } } },
);
chatSchema.index({ customerId: 1, lastActivityAt: -1, _id: -1 });
chatSchema.index({ customerId: 1, status: 1, closedAt: 1 });
chatSchema.index({ status: 1, lastActivityAt: -1, _id: -1 });
chatSchema.index({ status: 1, departmentId: 1, queuedAt: 1 });
// Of two that fit a list as well the first is used: fewer chats are one agent's than one department's.
chatSchema.index({ assignedAgentId: 1, status: 1, lastActivityAt: -1, _id: -1 });
chatSchema.index({ departmentId: 1, status: 1, lastActivityAt: -1, _id: -1 });
chatSchema.index({ searchTerms: 1 });
chatSchema.index({ measureDue: 1 }, { partialFilterExpression: { measureDue: true } });
chatSchema.index(
  { tags: 1, lastActivityAt: -1, _id: -1 },
  { partialFilterExpression: { tags: { $type: 'string' } } },
);
chatSchema.index(
  { 'offer.agentId': 1 },
  { partialFilterExpression: { 'offer.agentId': { $type: 'objectId' } } },
);
chatSchema.index({ departmentId: 1, waitEndedAt: -1 });

export type ChatModel = Model<ChatRecord>;

export function defineChatModel(connection: Connection): ChatModel {
  return connection.model<ChatRecord>('Chat', chatSchema);
}
