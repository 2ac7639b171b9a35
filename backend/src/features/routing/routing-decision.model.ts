import { ROUTING_DECISIONS, type RoutingDecisionKind } from '@wzatco/sdk/contract/constants';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

export interface RoutingDecisionRecord extends Timestamps {
  _id: Types.ObjectId;
  chatId: Types.ObjectId;
  at: Date;
  kind: RoutingDecisionKind;
  /** Whom it concerns, with the name of that time. */
  agent: { id: Types.ObjectId; name: string } | null;
  /** Who decided, where a person did. */
  byId: Types.ObjectId | null;
  /** In words. */
  reason: string;
}

const decisionSchema = new Schema<RoutingDecisionRecord>(
  {
    chatId: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    kind: { type: String, enum: ROUTING_DECISIONS, required: true },
    agent: {
      type: new Schema(
        { id: { type: Schema.Types.ObjectId, required: true }, name: { type: String, required: true } },
        { _id: false, id: false },
      ),
      default: null,
    },
    byId: { type: Schema.Types.ObjectId, default: null },
    reason: { type: String, required: true },
  },
  schemaOptions('routingdecisions'),
);
decisionSchema.index({ chatId: 1, at: -1, _id: -1 });

export type RoutingDecisionModel = Model<RoutingDecisionRecord>;

export function defineRoutingDecisionModel(connection: Connection): RoutingDecisionModel {
  return connection.model<RoutingDecisionRecord>('RoutingDecision', decisionSchema);
}
