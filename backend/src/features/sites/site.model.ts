import type { BusinessHours } from '@wzatco/sdk/contract';
import { ROUTING_POLICIES, type RoutingPolicy } from '@wzatco/sdk/contract/constants';
import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';
import { hoursSchema } from '../departments/index.ts';

type FormField = 'required' | 'optional' | 'hidden';

export interface SiteRecord extends Timestamps {
  _id: Types.ObjectId;
  key: string;
  name: string;
  /** Origins whose pages may embed the widget, besides the server's own. */
  allowedOrigins: string[];
  /** Signs the identities of the site's own users; shared with the site's backend only. */
  identitySecret: string;
  /** Refuse visitors without a signed identity. */
  requireIdentity: boolean;
  theme: { accent: string };
  texts: { title: string; greeting: string };
  /** Departments that the pre-chat form offers; empty: all. */
  departmentIds: Types.ObjectId[];
  preChatForm: { name: FormField; email: FormField; department: FormField };
  /** The life of chats; missing in sites that nobody has asked: see `chatRulesOf`. */
  reopenWithinHours?: number;
  idleWarningMinutes?: number;
  idleCloseMinutes?: number;
  allowSeveralChats?: boolean;
  /** What follows is missing in sites that were made before there was routing: see `routingOf`. */
  routingPolicy?: RoutingPolicy;
  offerSeconds?: number;
  returnToPreviousAgent?: boolean;
  /** Null: always open. */
  businessHours?: BusinessHours | null;
}

const formField = { type: String, enum: ['required', 'optional', 'hidden'], required: true };

const siteSchema = new Schema<SiteRecord>(
  {
    key: { type: String, required: true, unique: true },
    name: { type: String, required: true },
    allowedOrigins: { type: [String], default: [] },
    identitySecret: { type: String, required: true },
    requireIdentity: { type: Boolean, default: false },
    theme: { accent: { type: String, required: true } },
    texts: { title: { type: String, required: true }, greeting: { type: String, required: true } },
    departmentIds: { type: [Schema.Types.ObjectId], default: [] },
    preChatForm: { name: formField, email: formField, department: formField },
    reopenWithinHours: { type: Number },
    idleWarningMinutes: { type: Number },
    idleCloseMinutes: { type: Number },
    allowSeveralChats: { type: Boolean },
    routingPolicy: { type: String, enum: ROUTING_POLICIES },
    offerSeconds: { type: Number },
    returnToPreviousAgent: { type: Boolean },
    businessHours: { type: hoursSchema },
  },
  schemaOptions('sites'),
);
siteSchema.index({ allowedOrigins: 1 });

export type SiteModel = Model<SiteRecord>;

export function defineSiteModel(connection: Connection): SiteModel {
  return connection.model<SiteRecord>('Site', siteSchema);
}
