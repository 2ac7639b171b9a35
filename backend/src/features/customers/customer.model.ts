import { Schema, type Connection, type Model, type Types } from 'mongoose';
import { schemaOptions, type Timestamps } from '../../db/base-schema.ts';

export interface CustomerRecord extends Timestamps {
  _id: Types.ObjectId;
  siteId: Types.ObjectId;
  name: string | null;
  /** As the customer says; it proves nothing unless `verified`. */
  email: string | null;
  /** The site's own id of this person, from a signed identity. */
  externalId: string | null;
  verified: boolean;
  lastSeenAt: Date;
}

const customerSchema = new Schema<CustomerRecord>(
  {
    siteId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, default: null },
    email: { type: String, default: null },
    externalId: { type: String, default: null },
    verified: { type: Boolean, default: false },
    lastSeenAt: { type: Date, required: true },
  },
  schemaOptions('customers'),
);
customerSchema.index(
  { siteId: 1, externalId: 1 },
  { unique: true, partialFilterExpression: { externalId: { $type: 'string' } } },
);

export type CustomerModel = Model<CustomerRecord>;

export function defineCustomerModel(connection: Connection): CustomerModel {
  return connection.model<CustomerRecord>('Customer', customerSchema);
}
