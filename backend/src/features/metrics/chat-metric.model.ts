import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

/** What a chat was like, in numbers; times in whole seconds. */
export interface ChatMetricRecord extends Timestamps {
  _id: Types.ObjectId;
  chatId: Types.ObjectId;
  /** The chat's `rev` when it was measured: a later measurement replaces an earlier one and never the reverse. */
  rev: number;
  agentId: Types.ObjectId | null;
  departmentId: Types.ObjectId | null;
  assignedAt: Date | null;
  firstResponseAt: Date | null;
  closedAt: Date | null;
  messageCount: number;
  customerMessageCount: number;
  agentMessageCount: number;
  waitTime: number | null;
  firstResponseTime: number | null;
  resolutionTime: number | null;
  customerSatisfaction: number | null;
  reopenCount: number;
}

const number = { type: Number, default: null };
const date = { type: Date, default: null };

const metricSchema = new Schema<ChatMetricRecord>(
  {
    chatId: { type: Schema.Types.ObjectId, required: true, unique: true },
    rev: { type: Number, required: true },
    agentId: { type: Schema.Types.ObjectId, default: null },
    departmentId: { type: Schema.Types.ObjectId, default: null },
    assignedAt: date,
    firstResponseAt: date,
    closedAt: date,
    messageCount: { type: Number, required: true },
    customerMessageCount: { type: Number, required: true },
    agentMessageCount: { type: Number, required: true },
    waitTime: number,
    firstResponseTime: number,
    resolutionTime: number,
    customerSatisfaction: number,
    reopenCount: { type: Number, default: 0 },
  },
  schemaOptions('chatmetrics'),
);
metricSchema.index({ closedAt: 1 });

export type ChatMetricModel = Model<ChatMetricRecord>;

export function defineChatMetricModel(connection: Connection): ChatMetricModel {
  return connection.model<ChatMetricRecord>('ChatMetric', metricSchema);
}
